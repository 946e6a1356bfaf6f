/** What the people of the demo shop are called and where they live: common first, see `pickEarly`. */

const words = (text: string) => text.trim().split(/\s*,\s*/)

export const lastNames = words(`
  Martin, Bernard, Thomas, Petit, Robert, Richard, Durand, Dubois, Moreau, Laurent, Simon, Michel,
  Lefèvre, Leroy, Roux, David, Bertrand, Morel, Fournier, Girard, Bonnet, Dupont, Lambert, Fontaine,
  Rousseau, Vincent, Müller, Lefebvre, Faure, André, Mercier, Blanc, Guérin, Boyer, Garnier, Chevalier,
  François, Legrand, Gauthier, Garcia, Perrin, Robin, Clément, Morin, Nicolas, Henry, Roussel, Mathieu,
  Gautier, Masson, Marchand, Duval, Denis, Dumont, Marie, Lemaire, Noël, Meyer, Dufour, Meunier, Brun,
  Blanchard, Giraud, Joly, Rivière, Lucas, Brunet, Gaillard, Barbier, Arnaud, Martinez, Gérard, Roche,
  Renard, Schmitt, Roy, Leroux, Colin, Vidal, Caron, Picard, Roger, Fabre, Aubert, Lemoine, Renaud,
  Dumas, Lacroix, Olivier, Philippe, Bourgeois, Pierre, Benoît, Rey, Leclerc, Payet, Rolland, Leclercq,
  Guillaume, Lecomte, Lopez, Jean, Dupuy, Guillot, Hubert, Berger, Carpentier, Sanchez, Dupuis, Moulin,
  Louis, Deschamps, Huet, Vasseur, Perez, Boucher, Fleury, Royer, Klein, Jacquet, Adam, Paris, Poirier,
  Marty, Aubry, Guyot, Carré, Charles, Renault, Charpentier, Ménard, Maillard, Baron, Bertin, Bailly,
  Hervé, Schneider, Fernandez, Le Gall, Collet, Léger, Bouvier, Julien, Prévost, Millet, Perrot, Daniel,
  Le Roux, Cousin, Germain, Breton, Besson, Langlois, Rémy, Le Goff, Pelletier, Lévêque, Perrier,
  Leblanc, Barré, Lebrun, Marchal, Weber, Mallet, Hamon, Boulanger, Jacob, Monnier, Michaud, Rodriguez,
  Guichard, Gillet, Étienne, Grondin, Poulain, Tessier, Chevallier, Collin, Chauvin, Da Silva, Bouchet,
  Gay, Lemaître, Bénard, Maréchal, Humbert, Reynaud, Antoine, Hoarau, Perret, Barthélemy, Cordier, Pichon,
  Lejeune, Gilbert, Lamy, Delaunay, Pasquier, Carlier, Laporte, Nguyen, Diallo, Traoré, Haddad, Benali,
  El Amrani, d’Estienne, de La Tour, L’Hostis, N’Diaye`)

export const firstNames = {
  f: words(`
    Marie, Nathalie, Isabelle, Sylvie, Catherine, Camille, Léa, Céline, Sandrine, Julie, Sophie, Chloé,
    Christine, Françoise, Valérie, Manon, Stéphanie, Véronique, Emma, Sarah, Aurélie, Laura, Pauline,
    Monique, Anne, Caroline, Virginie, Brigitte, Martine, Émilie, Élodie, Inès, Claire, Mathilde, Hélène,
    Jade, Louise, Alice, Anaïs, Agnès, Delphine, Laetitia, Lucie, Juliette, Charlotte, Marion, Karine,
    Zoé, Noémie, Jeanne, Margaux, Élise, Florence, Corinne, Maëlys, Solène, Gaëlle, Fatima, Amandine,
    Anne-Sophie, Marie-Claude, Rachel, Clémence, Océane, Estelle, Bénédicte, Yasmine, Lina, Odile, Édith`),
  m: words(`
    Jean, Philippe, Thomas, Nicolas, Pierre, Michel, Alexandre, Christophe, Julien, Laurent, Antoine,
    Stéphane, Olivier, Maxime, David, François, Éric, Lucas, Pascal, Hugo, Patrick, Frédéric, Kévin,
    Guillaume, Alain, Romain, Clément, Vincent, Louis, Sébastien, Thierry, Mathieu, Paul, Arthur, Benoît,
    Jérôme, Bruno, Théo, Gabriel, Didier, Quentin, Simon, Marc, Fabien, Rémi, Florian, Cédric, Gilles,
    Adrien, Bastien, Léo, Hervé, Mickaël, Samuel, Ludovic, Xavier, Damien, Jules, Jean-Pierre, Mohamed,
    Yves, Raphaël, Loïc, Noé, Jean-Baptiste, Emmanuel, Tristan, Karim, Étienne, Augustin`),
} as const

export const streets = words(`
  rue de la République, rue Victor Hugo, rue des Écoles, rue Jean Jaurès, rue de l’Église, Grande Rue,
  rue Pasteur, rue du Moulin, avenue de la Gare, place de la Mairie, rue Gambetta, rue des Lilas,
  chemin des Vignes, rue du Château, impasse des Acacias, rue Jules Ferry, boulevard Voltaire,
  allée des Tilleuls, rue du Stade, route de Lyon, rue Émile Zola, rue des Jardins, rue de la Fontaine,
  quai de la Loire, rue Saint-Jean, avenue du Général de Gaulle, rue de Verdun, chemin du Lavoir,
  rue Molière, rue du 8 Mai 1945, cours de la Liberté, rue Lamartine, rue des Roses, square Carnot`)

export const mailDomains = ['example.org', 'example.com', 'example.net'] as const

/** Swiss neighbours of the Geneva shop; the French communes come from a file. */
export const swissTowns = [
  ['1201', 'Genève'],
  ['1204', 'Genève'],
  ['1205', 'Genève'],
  ['1206', 'Genève'],
  ['1227', 'Carouge'],
  ['1212', 'Grand-Lancy'],
  ['1213', 'Petit-Lancy'],
  ['1214', 'Vernier'],
  ['1217', 'Meyrin'],
  ['1224', 'Chêne-Bougeries'],
  ['1226', 'Thônex'],
  ['1255', 'Veyrier'],
  ['1260', 'Nyon'],
  ['1290', 'Versoix'],
  ['1110', 'Morges'],
  ['1003', 'Lausanne'],
  ['1004', 'Lausanne'],
] as const

export const companies = words(`
  Atelier Bellecour, Hôtel des Terrasses, Brasserie du Parc, Cabinet Delmas, Théâtre de l’Ouest,
  Conciergerie Léman, Golf des Étangs, Traiteur Maison Roy, Agence Belle Rive, Clinique du Lac,
  Cave des Chartrons, Imprimerie du Nord, Orchestre de chambre, Résidence Les Ormes, Studio Lumière`)
