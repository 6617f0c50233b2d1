/* A sheet of two pages with everything on it, for tests: what a town's print-out may look like. */
#ifndef DOCUMENT_TEST_SHEET_H
#define DOCUMENT_TEST_SHEET_H

#include "document/pdf.h"

enum { SHEET_ROWS = 9, SHEET_CARDS = 8 };

static const struct pdf_about sheet_about = {
    .title = STR_INIT("Fiche de jeu : la lettre suivante"),
    .language = STR_INIT("fr-FR"),
    .footer = STR_INIT("Mairie de Beauval – Médiathèque"),
};

static enum status sheet_table(struct pdf *pdf, int rows)
{
    static const struct pdf_column columns[] = {
        {STR_INIT("Lettre"), 2, false}, {STR_INIT("Mot du texte"), 5, false},
        {STR_INIT("Nombre"), 2, true}, {STR_INIT("Part"), 2, true},
    };
    static const char *const letters[] = {"a", "e", "é", "i", "l", "n", "o", "œ", "s"};
    static const char *const words[] = {"arrêté", "eau", "école", "impôt", "lieu", "nouveau", "où", "œuvre", "séance"};
    TRY(pdf_table_begin(pdf, &(struct pdf_table){STR("Ce qui suit « l’ » dans les comptes rendus"), columns, 4, true}));
    for (int i = 0; i < rows; i++) {
        char count[40], share[40];
        struct buf text BUF_SCOPE = BUF_INIT(sizeof count), part BUF_SCOPE = BUF_INIT(sizeof share);
        buf_add_format(&text, "%d\xE2\x80\xAF%03d", 1 + i, 100 + 7 * i);
        buf_add_format(&part, "%d,%d\xC2\xA0%%", 3 + i, i % 10);
        struct str cells[4] = {str_of(letters[i % SHEET_ROWS]), str_of(words[i % SHEET_ROWS]), buf_str(&text),
                               buf_str(&part)};
        TRY(pdf_table_row(pdf, cells));
    }
    return pdf_table_end(pdf);
}

static enum status sheet_cards(struct pdf *pdf)
{
    static const struct pdf_card cards[SHEET_CARDS] = {
        {STR_INIT("Le conseil municipal"), STR_INIT("début de phrase, 1")},
        {STR_INIT("adopte"), STR_INIT("suite possible, 34 %")},
        {STR_INIT("délibère"), STR_INIT("suite possible, 21 %")},
        {STR_INIT("l’œuvre"), STR_INIT("suite possible, 2 %")},
        {STR_INIT("à l’unanimité"), STR_INIT("suite possible, 47 %")},
        {STR_INIT("des membres présents ou représentés"), STR_INIT("fin de phrase")},
        {STR_INIT("anticonstitutionnellement"), STR_INIT("fin de phrase")},
        {STR_INIT("?"), STR_INIT("à vous d’écrire")},
    };
    return pdf_cards(pdf, (struct pdf_grid){3, 42}, cards, SHEET_CARDS);
}

static enum status sheet_fill(struct pdf *pdf)
{
    TRY(pdf_heading(pdf, 1, STR("La lettre suivante")));
    TRY(pdf_paragraph(pdf, STR("Une machine qui écrit ne sait pas ce qu’elle dit. Elle a compté, dans beaucoup de "
                               "textes, ce qui vient le plus souvent après quelques lettres ; puis elle tire au "
                               "sort. Ce jeu montre comment, avec les comptes rendus du conseil de la ville.")));
    TRY(pdf_paragraph(pdf, STR("Dès Noël, où un zéphyr haï me vêt de glaçons würmiens, je dîne d’exquis rôtis de bœuf "
                               "au kir, à l’aÿ d’âge mûr, &cætera. L’office, c’est-à-dire le rendez-vous, suffit.")));
    TRY(pdf_heading(pdf, 2, STR("Ce qu’il faut")));
    TRY(pdf_list_begin(pdf, PDF_BULLETS));
    TRY(pdf_list_item(pdf, STR("les cartes de la page suivante, découpées ;")));
    TRY(pdf_list_item(pdf, STR("un dé à vingt faces, ou vingt papiers pliés ;")));
    TRY(pdf_list_item(pdf, STR("quinze minutes. Chacun joue à son tour, lit tout haut ce qu’il a tiré, et dit s’il "
                               "croit que la phrase se trouve dans un compte rendu.")));
    TRY(pdf_list_end(pdf));
    TRY(pdf_heading(pdf, 2, STR("Ce qui a été compté")));
    TRY(sheet_table(pdf, SHEET_ROWS));
    TRY(pdf_line(pdf, STR("Prénom et nom :")));
    TRY(pdf_line(pdf, STR("Fait le :")));
    TRY(pdf_page_break(pdf));
    TRY(pdf_heading(pdf, 2, STR("Les cartes")));
    TRY(sheet_cards(pdf));
    TRY(pdf_heading(pdf, 3, STR("Pour aller plus loin")));
    TRY(pdf_list_begin(pdf, PDF_NUMBERS));
    TRY(pdf_list_item(pdf, STR("Comparez avec les comptes d’un autre texte.")));
    TRY(pdf_list_item(pdf, STR("Écrivez une phrase que la machine ne peut pas tirer.")));
    return pdf_list_end(pdf);
}

#endif
