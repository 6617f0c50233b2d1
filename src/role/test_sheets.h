/* Sheets in the form of "Vos droits et démarches", for tests; their words are the tests' own. */
#ifndef ROLE_TEST_SHEETS_H
#define ROLE_TEST_SHEETS_H

/* `inner`: what stands behind the head. */
#define SHEET_XML(id, type, inner)                                                                                     \
    "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n"                                                                     \
    "<Publication xmlns:dc=\"http://purl.org/dc/elements/1.1/\" ID=\"" id "\" type=\"" type "\""                       \
    " spUrl=\"https://www.service-public.fr/particuliers/vosdroits/" id "\">\n"                                        \
    "<dc:title>Emprunter à la bibliothèque</dc:title><dc:creator>Service des livres</dc:creator>"                      \
    "<dc:publisher>Maison des fiches</dc:publisher><dc:date>modified 2026-03-12</dc:date>"                             \
    "<dc:rights>https://www.service-public.fr/mentions</dc:rights>"                                                    \
    "<SurTitre>Fiche pratique</SurTitre><Audience>Particuliers</Audience>"                                             \
    "<FilDAriane><Niveau ID=\"N1\">Loisirs</Niveau><Niveau ID=\"" id "\">Emprunter</Niveau></FilDAriane>\n"            \
    inner "</Publication>"

#define SHEET_TEXT                                                                                                     \
    "<Introduction><Texte><Paragraphe>La carte de lecteur est <MiseEnEvidence>gratuite</MiseEnEvidence> pour"          \
    " chacun.</Paragraphe></Texte></Introduction>\n"                                                                   \
    "<ListeSituations><Situation><Titre>Vous êtes mineur</Titre><Texte><Chapitre><Titre><Paragraphe>Pièces à"          \
    " fournir</Paragraphe></Titre><Liste type=\"puce\"><Item><Paragraphe>Accord d&apos;un <LienInterne"                \
    " LienPublication=\"F2\">parent</LienInterne></Paragraphe></Item></Liste>"                                         \
    "<Tableau><Colonne/><Rangée><Cellule><Paragraphe>Livres</Paragraphe></Cellule><Cellule><Paragraphe>10"             \
    "</Paragraphe></Cellule></Rangée></Tableau></Chapitre><TitreFlottant><Paragraphe>Retard</Paragraphe>"              \
    "</TitreFlottant><Exemple><Titre>Exemple</Titre><Paragraphe>Un livre rendu le 3.</Paragraphe></Exemple>"           \
    "<Attention><Titre>Attention</Titre><Paragraphe>La carte est suspendue.</Paragraphe></Attention></Texte>"          \
    "</Situation></ListeSituations>\n"                                                                                 \
    "<OuSAdresser ID=\"R1\" type=\"Local\"><Titre>Bibliothèque</Titre><PivotLocal>b</PivotLocal></OuSAdresser>"        \
    "<QuiPeutMAider ID=\"R3\" type=\"Local\"><Titre>Écrivain public</Titre><Source>Source</Source></QuiPeutMAider>"    \
    "<VoirAussi><Fiche ID=\"F9\"><Titre>Ailleurs</Titre></Fiche></VoirAussi>"                                          \
    "<Reference URL=\"https://www.legifrance.gouv.fr/x\" ID=\"R2\"><Titre>Code du livre : article 1</Titre>"           \
    "</Reference>\n"

#define SHEET_WORDS                                                                                                    \
    "La carte de lecteur est gratuite pour chacun.\n# Vous êtes mineur\n## Pièces à fournir\n- Accord d'un parent\n"   \
    "Livres ; 10\n## Retard\nExemple\nUn livre rendu le 3.\nLa carte est suspendue.\n"                                 \
    "# Où s’adresser\n- Bibliothèque\n- Écrivain public\n# Textes de référence\n- Code du livre : article 1\n"

#define SHEET_GOOD(id) {id ".xml", STR_INIT(SHEET_XML(id, "Fiche d'information", SHEET_TEXT))}

#endif
