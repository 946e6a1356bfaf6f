/** Mails as the servers of the day send them back: `to` is the marked return address of the message. */

export type Sample = (to: string, about?: { recipient?: string; returned?: string }) => string

const crlf = (text: string) => text.replace(/\r?\n/g, '\r\n')

const original = (
  recipient: string,
  returned: string,
) => `Received: from app.maison.example (203.0.113.9)
From: La boutique <boutique@maison.example>
To: ${recipient}
Subject: =?utf-8?Q?Vente_priv=C3=A9e?=
Date: Sat, 21 Nov 2026 09:00:00 +0000
MIME-Version: 1.0
${returned}`

type Report = { head: string; text: string; status: string; last: string; lastType?: string }

const report = ({ head, text, status, last, lastType = 'message/rfc822' }: Report) =>
  crlf(`${head}
MIME-Version: 1.0
Content-Type: multipart/report; report-type=delivery-status;
	boundary="8323328-1-1795251600"

This is a MIME-encapsulated message.

--8323328-1-1795251600
Content-Description: Notification
Content-Type: text/plain; charset=utf-8

${text}

--8323328-1-1795251600
Content-Description: Delivery report
Content-Type: message/delivery-status

${status}

--8323328-1-1795251600
Content-Description: Undelivered Message
Content-Type: ${lastType}

${last}

--8323328-1-1795251600--
`)

const postfixHead = (to: string) => `Return-Path: <>
Delivered-To: ${to}
Received: by mail.maison.example (Postfix) id 4F2B71C0E3; Sat, 21 Nov 2026 10:00:03 +0100 (CET)
Date: Sat, 21 Nov 2026 10:00:03 +0100 (CET)
From: MAILER-DAEMON@mail.maison.example (Mail Delivery System)
Subject: Undelivered Mail Returned to Sender
To: ${to}
Auto-Submitted: auto-replied
Message-Id: <20261121090003.4F2B71C0E3@mail.maison.example>`

const postfix =
  (status: string, diagnostic: string, action = 'failed', mx = 'mx.example.org'): Sample =>
  (to, { recipient = 'lea@example.org', returned = '' } = {}) =>
    report({
      head: postfixHead(to),
      text: `This is the mail system at host mail.maison.example.

I'm sorry to have to inform you that your message could not
be delivered to one or more recipients. It's attached below.

<${recipient}>: host ${mx}[198.51.100.7] said: ${diagnostic.replace(/^smtp; /, '')} (in reply to RCPT TO command)`,
      status: `Reporting-MTA: dns; mail.maison.example
X-Postfix-Queue-ID: 4F2B71C0E3
X-Postfix-Sender: rfc822; ${to}
Arrival-Date: Sat, 21 Nov 2026 10:00:01 +0100 (CET)

Final-Recipient: rfc822; ${recipient}
Original-Recipient: rfc822;${recipient}
Action: ${action}
Status: ${status}
Remote-MTA: dns; ${mx}
Diagnostic-Code: ${diagnostic}`,
      last: original(recipient, returned),
    })

export const samples = {
  postfixUnknown: postfix(
    '5.1.1',
    'smtp; 550 5.1.1 <lea@example.org>: Recipient address\n    rejected: User unknown in virtual mailbox table',
  ),
  postfixFull: postfix('5.2.2', 'smtp; 552 5.2.2 <lea@example.org>: user is over quota'),
  postfixDelayed: postfix(
    '4.4.1',
    'smtp; connect to mx.example.org[198.51.100.7]:25: Connection timed out',
    'delayed',
  ),
  postfixExpired: postfix(
    '4.4.1',
    'X-Postfix; connect to mx.example.org[198.51.100.7]:25: Connection timed out',
  ),
  postfixNoDomain: postfix(
    '5.4.4',
    'X-Postfix; Host or domain name not found. Name service error for\n    name=exmaple.org type=AAAA: Host not found',
  ),
  orangeUnknown: postfix(
    '5.1.1',
    'smtp; 550 5.1.1 Adresse d au moins un destinataire invalide.\n    Invalid recipient. OFR204_416 [416]',
    'failed',
    'smtp-in.orange.fr',
  ),
  orangeBlocked: postfix(
    '5.7.1',
    'smtp; 550 5.7.1 Service refuse. Veuillez essayer plus tard.\n    Service refused, please try later. OFR_506 [506]',
    'failed',
    'smtp-in.orange.fr',
  ),
  freeUnknown: postfix('5.0.0', 'smtp; 550 <lea@free.fr>: User unknown', 'failed', 'mx1.free.fr'),
  freeInactive: postfix(
    '5.2.1',
    'smtp; 550 5.2.1 This mailbox has been blocked due to inactivity',
    'failed',
    'mx1.free.fr',
  ),
  freeSpam: postfix('5.0.0', 'smtp; 550 spam detected', 'failed', 'mx1.free.fr'),

  gmailUnknown: ((to, { recipient = 'lea@gmail.com', returned = '' } = {}) =>
    report({
      head: `Return-Path: <>
Received: by 2002:a05:6000:1f0e with SMTP id z14mr21; Sat, 21 Nov 2026 01:00:04 -0800 (PST)
X-Failed-Recipients: ${recipient}
Auto-Submitted: auto-replied
From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>
To: ${to}
Subject: Delivery Status Notification (Failure)
Message-ID: <67405b24.050a0220.1.0001.GMR@mx.google.com>
Date: Sat, 21 Nov 2026 01:00:04 -0800 (PST)`,
      text: `
** Address not found **

Your message wasn't delivered to ${recipient} because the address couldn't be found, or is unable to receive mail.`,
      status: `Reporting-MTA: dns; googlemail.com
Received-From-MTA: dns; boutique@maison.example
Arrival-Date: Sat, 21 Nov 2026 01:00:03 -0800 (PST)
X-Original-Message-ID: <12.3.mp@maison.example>

Final-Recipient: rfc822; ${recipient}
Action: failed
Status: 5.1.1
Remote-MTA: dns; gmail-smtp-in.l.google.com. (142.250.110.27, the server for the domain gmail.com.)
Diagnostic-Code: smtp; 550-5.1.1 The email account that you tried to reach does not exist. Please try
 550-5.1.1 double-checking the recipient's email address for typos or
 550-5.1.1 unnecessary spaces. For more information, go to
 550 5.1.1  https://support.google.com/mail/?p=NoSuchUser ffacd0b85a97d-38259fae0e6si123
Last-Attempt-Date: Sat, 21 Nov 2026 01:00:04 -0800 (PST)`,
      last: original(recipient, returned),
    })) satisfies Sample,

  exchangeUnknown: ((to, { recipient = 'lea@contoso.example', returned = '' } = {}) =>
    report({
      head: `Return-Path: <>
From: Microsoft Outlook <postmaster@contoso.example>
To: <${to}>
Date: Sat, 21 Nov 2026 09:00:05 +0000
Message-ID: <f0b1c9f7-90cb-4d35@PR3P189MB1000.EURP189.PROD.OUTLOOK.COM>
Subject: =?utf-8?B?Tm9uIHJlbWlzwqA6IFZlbnRlIHByaXbDqWU=?=
Auto-Submitted: auto-replied
X-MS-Exchange-Message-Is-Ndr:`,
      text: `Remise impossible aux destinataires ou groupes suivants :

${recipient}
L'adresse de messagerie entree est introuvable.`,
      status: `Reporting-MTA: dns;PR3P189MB1000.EURP189.PROD.OUTLOOK.COM
Received-From-MTA: dns;mail.maison.example
Arrival-Date: Sat, 21 Nov 2026 09:00:04 +0000

Final-Recipient: rfc822;${recipient}
Action: failed
Status: 5.1.10
Diagnostic-Code: smtp;550 5.1.10 RESOLVER.ADR.RecipientNotFound; Recipient not found by SMTP address lookup
X-Display-Name: ${recipient}`,
      last: original(recipient, returned),
    })) satisfies Sample,

  qmailUnknown: ((to, { recipient = 'lea@example.net' } = {}) =>
    crlf(`Return-Path: <>
Delivered-To: ${to}
From: MAILER-DAEMON@mx.example.net
To: ${to}
Subject: failure notice
Date: 21 Nov 2026 09:00:06 -0000

Hi. This is the qmail-send program at mx.example.net.
I'm afraid I wasn't able to deliver your message to the following addresses.
This is a permanent error; I've given up. Sorry it didn't work out.

<${recipient}>:
198.51.100.8 does not like recipient.
Remote host said: 550 5.1.1 sorry, no mailbox here by that name (#5.7.17)
Giving up on 198.51.100.8.
`)) satisfies Sample,

  outOfOffice: ((to) =>
    crlf(`Return-Path: <>
From: =?utf-8?Q?L=C3=A9a?= <lea@example.org>
To: ${to}
Subject: Absence du bureau : Vente =?utf-8?Q?priv=C3=A9e?=
Auto-Submitted: auto-replied (vacation)
Precedence: bulk
MIME-Version: 1.0
Content-Type: text/plain; charset=utf-8

Je suis absente jusqu'au 550 5.1.1 lundi.
`)) satisfies Sample,

  outlookAbsent: ((to) =>
    crlf(`Return-Path: <>
From: Lea <lea@contoso.example>
To: ${to}
Subject: Automatic reply: Vente
Auto-Submitted: auto-generated
X-Auto-Response-Suppress: All
Content-Type: text/plain; charset=us-ascii

I am out of office.
`)) satisfies Sample,

  letter: ((to) =>
    crlf(`Return-Path: <lea@example.org>
From: Lea <lea@example.org>
To: ${to}
Subject: Re: Vente
Content-Type: text/plain; charset=us-ascii

Bonjour, a quelle heure fermez-vous ? Mon interphone est le 550 1.
`)) satisfies Sample,

  complaint: ((to, { recipient = 'lea@example.org', returned = '' } = {}) =>
    crlf(`Return-Path: <fbl@feedback.example>
From: <fbl@feedback.example>
To: ${to}
Subject: FW: Vente
Date: Sat, 21 Nov 2026 12:00:00 +0000
MIME-Version: 1.0
Content-Type: multipart/report; report-type=feedback-report;
	boundary="part1_13d.2e68ed54"

--part1_13d.2e68ed54
Content-Type: text/plain; charset="US-ASCII"
Content-Transfer-Encoding: 7bit

This is an email abuse report for an email message received from IP 203.0.113.9.

--part1_13d.2e68ed54
Content-Type: message/feedback-report

Feedback-Type: abuse
User-Agent: SomeGenerator/1.0
Version: 1
Original-Mail-From: <boutique@maison.example>
Arrival-Date: Sat, 21 Nov 2026 09:00:00 +0000
Source-IP: 203.0.113.9

--part1_13d.2e68ed54
Content-Type: message/rfc822
Content-Disposition: inline

${original(recipient, returned)}

Bonjour
--part1_13d.2e68ed54--
`)) satisfies Sample,
} as const
