#include "service/accounting/publish/publish.h"

#include "service/accounting/lang.h"

struct str publish_code(struct str code)
{
    for (size_t i = 0; i < code.len; i++) {
        char letter = code.at[i];
        bool is_digit = letter >= '0' && letter <= '9';
        if (!is_digit && !(letter >= 'A' && letter <= 'Z'))
            return STR("");
    }
    return code.len > PUBLISH_CODE_MAX ? STR("") : code;
}

struct str publish_plain(struct ctx *ctx, const struct budget_act *act, struct str chapter)
{
    static const struct {
        const char *code;
        enum text_key words;
    } plain[] = {{"001", T_accounting_plain_001}, {"002", T_accounting_plain_002}, {"011", T_accounting_plain_011},
                 {"012", T_accounting_plain_012}, {"013", T_accounting_plain_013}, {"014", T_accounting_plain_014},
                 {"021", T_accounting_plain_021}, {"023", T_accounting_plain_023}, {"024", T_accounting_plain_024},
                 {"040", T_accounting_plain_040}, {"041", T_accounting_plain_041}, {"042", T_accounting_plain_042},
                 {"10", T_accounting_plain_10},   {"13", T_accounting_plain_13},   {"16", T_accounting_plain_16},
                 {"20", T_accounting_plain_20},   {"204", T_accounting_plain_204}, {"21", T_accounting_plain_21},
                 {"23", T_accounting_plain_23},   {"26", T_accounting_plain_26},   {"27", T_accounting_plain_27},
                 {"65", T_accounting_plain_65},   {"66", T_accounting_plain_66},   {"67", T_accounting_plain_67},
                 {"68", T_accounting_plain_68},   {"70", T_accounting_plain_70},   {"73", T_accounting_plain_73},
                 {"731", T_accounting_plain_731}, {"74", T_accounting_plain_74},   {"75", T_accounting_plain_75},
                 {"76", T_accounting_plain_76},   {"77", T_accounting_plain_77},   {"78", T_accounting_plain_78}};
    if (!str_starts(act->nomenclature, STR("M57")) && !str_starts(act->nomenclature, STR("M14")))
        return STR("");
    for (size_t i = 0; i < sizeof plain / sizeof *plain; i++)
        if (str_eq(chapter, str_of(plain[i].code)))
            return text_of(ctx->language, plain[i].words);
    return STR("");
}
