/** Writes files such as a till's and an old program's export, the same every time: customers, sales, lines. */
import { createWriteStream } from 'node:fs'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'

const lastNames = 'Martin Bernard Thomas Petit Robert Durand Moreau Lefèvre Roux Fournier'.split(
  ' ',
)
const firstNames = 'Marie Jean Zoé Michel Nathalie Hugo Léa Alain Sylvie Camille'.split(' ')
const cities = ['75011;Paris', '69003;Lyon', '44000;Nantes', '31000;Toulouse', '59000;Lille']

/** A number that looks random and is always the same for the same row. */
const draw = (row: number, salt: number, below: number) => {
  let hash = Math.imul(row ^ (salt * 0x9e3779b1), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return ((hash ^ (hash >>> 16)) >>> 0) % below
}
const two = (value: number) => String(value).padStart(2, '0')
const code = (customer: number) => `K${String(customer).padStart(8, '0')}`

async function write(path: string, header: string, rows: number, rowOf: (row: number) => string) {
  const pieces = function* () {
    let text = `${header}\n`
    for (let row = 1; row <= rows; row++) {
      text += rowOf(row)
      if (text.length < 256 * 1024) continue
      yield text
      text = ''
    }
    yield text
  }
  await pipeline(Readable.from(pieces()), createWriteStream(path))
}

const writeCustomers = (path: string, count: number) =>
  write(
    path,
    'Code client;Nom;Prénom;Adresse;CP;Ville;Tél. portable;E-mail;Date de naissance;Souhaite recevoir;Magasin',
    count,
    (row) => {
      const [last, first] = [lastNames[draw(row, 1, 10)], firstNames[draw(row, 2, 10)]]
      const digits = String(draw(row, 3, 100_000_000)).padStart(8, '0')
      const mobile = draw(row, 4, 10) < 7 ? `06 ${digits.replace(/(..)(?=.)/g, '$1 ')}` : ''
      const email = draw(row, 5, 10) < 7 ? `client${row}@example.org` : ''
      const born = `${two(1 + draw(row, 6, 28))}/${two(1 + draw(row, 7, 12))}/${1940 + draw(row, 8, 65)}`
      return `${code(row)};${last};${first};${1 + draw(row, 9, 150)} rue de la République;${cities[draw(row, 10, 5)]};${mobile};${email};${born};${draw(row, 11, 25) === 0 ? 'non' : 'oui'};Magasin ${1 + draw(row, 12, 12)}\n`
    },
  )

const linesPerReceipt = 4

/** Receipts of four lines over three years, some customers coming far more often than others, one line of 25 a return. */
const writeSales = (path: string, count: number, customers: number) =>
  write(
    path,
    'Ticket;Ligne;Date;Client;Article;Rayon;Quantité;Montant;Marge;Magasin;Devise',
    count,
    (row) => {
      const receipt = Math.ceil(row / linesPerReceipt)
      const day = Math.floor((receipt * linesPerReceipt * 1_090) / (count + 1))
      const date = new Date(Date.UTC(2023, 10, 23 + day)).toISOString()
      const customer = 1 + Math.floor((draw(receipt, 1, 1_000_000) / 1e6) ** 1.4 * customers)
      const article = draw(row, 2, 5_000)
      const back = draw(row, 3, 25) === 0 ? '-' : ''
      const amount = 500 + draw(row, 4, 7_500)
      const money = (minor: number) => `${back}${Math.floor(minor / 100)},${two(minor % 100)}`
      return `T${receipt};${1 + ((row - 1) % linesPerReceipt)};${date.slice(8, 10)}/${date.slice(5, 7)}/${date.slice(0, 4)};${code(customer)};A${article};Rayon ${article % 20};${back}1;${money(amount)};${money(Math.floor(amount / 3))};Magasin ${1 + draw(receipt, 5, 12)};EUR\n`
    },
  )

const [customersFile = '', salesFile = '', lines = '0'] = process.argv.slice(2)
await writeCustomers(customersFile, Math.round(Number(lines) / 10))
await writeSales(salesFile, Number(lines), Math.round(Number(lines) / 10))
