#include "service/accounting/party/party_code.h"

#include "service/accounting/lang.h"
#include "service/accounting/pes/pes_table.h"

struct words {
    struct str code;
    enum text_key words;
};

static const struct words id_kinds[] = {
    {STR_INIT("01"), T_accounting_party_id_01}, {STR_INIT("02"), T_accounting_party_id_02},
    {STR_INIT("03"), T_accounting_party_id_03}, {STR_INIT("04"), T_accounting_party_id_04},
    {STR_INIT("05"), T_accounting_party_id_05}, {STR_INIT("06"), T_accounting_party_id_06},
    {STR_INIT("07"), T_accounting_party_id_07}, {STR_INIT("08"), T_accounting_party_id_08},
    {STR_INIT("09"), T_accounting_party_id_09}};

static const struct words categories[] = {
    {STR_INIT("01"), T_accounting_party_category_01}, {STR_INIT("20"), T_accounting_party_category_20},
    {STR_INIT("21"), T_accounting_party_category_21}, {STR_INIT("22"), T_accounting_party_category_22},
    {STR_INIT("23"), T_accounting_party_category_23}, {STR_INIT("24"), T_accounting_party_category_24},
    {STR_INIT("25"), T_accounting_party_category_25}, {STR_INIT("26"), T_accounting_party_category_26},
    {STR_INIT("27"), T_accounting_party_category_27}, {STR_INIT("28"), T_accounting_party_category_28},
    {STR_INIT("29"), T_accounting_party_category_29}, {STR_INIT("50"), T_accounting_party_category_50},
    {STR_INIT("60"), T_accounting_party_category_60}, {STR_INIT("61"), T_accounting_party_category_61},
    {STR_INIT("62"), T_accounting_party_category_62}, {STR_INIT("63"), T_accounting_party_category_63},
    {STR_INIT("64"), T_accounting_party_category_64}, {STR_INIT("65"), T_accounting_party_category_65},
    {STR_INIT("70"), T_accounting_party_category_70}, {STR_INIT("71"), T_accounting_party_category_71},
    {STR_INIT("72"), T_accounting_party_category_72}, {STR_INIT("73"), T_accounting_party_category_73},
    {STR_INIT("74"), T_accounting_party_category_74}};

static const struct words natures[] = {
    {STR_INIT("01"), T_accounting_party_nature_01}, {STR_INIT("02"), T_accounting_party_nature_02},
    {STR_INIT("03"), T_accounting_party_nature_03}, {STR_INIT("04"), T_accounting_party_nature_04},
    {STR_INIT("05"), T_accounting_party_nature_05}, {STR_INIT("06"), T_accounting_party_nature_06},
    {STR_INIT("07"), T_accounting_party_nature_07}, {STR_INIT("08"), T_accounting_party_nature_08},
    {STR_INIT("09"), T_accounting_party_nature_09}, {STR_INIT("10"), T_accounting_party_nature_10},
    {STR_INIT("11"), T_accounting_party_nature_11}};

static const struct {
    const char *field; /* of InfoTiers */
    const struct words *words;
    size_t count;
} lists[PARTY_LISTS] = {{"NatIdTiers", id_kinds, sizeof id_kinds / sizeof *id_kinds},
                        {"CatTiers", categories, sizeof categories / sizeof *categories},
                        {"NatJur", natures, sizeof natures / sizeof *natures}};

enum status party_codes(struct arena *arena, enum party_list list, const struct str **ret_codes, size_t *ret_count)
{
    static const char *const way[] = {"PES_DepenseAller", "Bordereau", "Piece", "LigneDePiece", "Tiers", "InfoTiers"};
    const struct pes_field *field;
    TRY(pes_table(arena, &field));
    for (size_t i = 0; i < sizeof way / sizeof *way && field != NULL; i++)
        field = pes_field(field, str_of(way[i]));
    field = field == NULL ? NULL : pes_field(field, str_of(lists[list].field));
    if (field == NULL || field->code_count == 0)
        return CORRUPT;
    *ret_codes = field->codes;
    *ret_count = field->code_count;
    return OK;
}

enum text_key party_code_words(enum party_list list, struct str code)
{
    for (size_t i = 0; i < lists[list].count; i++)
        if (str_eq(lists[list].words[i].code, code))
            return lists[list].words[i].words;
    return T_none;
}
