#include "service/accounting/print/print_words.h"

enum { TEN = 10, HUNDRED = 100, THOUSAND = 1000 };

static const char *const small[] = {"zéro",    "un",    "deux",  "trois",    "quatre",   "cinq",   "six",
                                    "sept",    "huit",  "neuf",  "dix",      "onze",     "douze",  "treize",
                                    "quatorze", "quinze", "seize", "dix-sept", "dix-huit", "dix-neuf"};
static const char *const tens[] = {"", "", "vingt", "trente", "quarante", "cinquante", "soixante"};

static void join(struct buf *out)
{
    if (out->len > 0 && out->at[out->len - 1] != ' ')
        buf_add_byte(out, ' ');
}

/* Below one hundred. `is_last`: nothing follows, so that quatre-vingts has its s. */
static void below_hundred(struct buf *out, unsigned number, bool is_last)
{
    unsigned ten = number / TEN, rest = number % TEN;
    if (number < 20) {
        buf_add_c(out, small[number]);
    } else if (number >= 80) {
        buf_add_c(out, number == 80 ? (is_last ? "quatre-vingts" : "quatre-vingt") : "quatre-vingt-");
        if (number > 80)
            buf_add_c(out, small[number - 80]);
    } else {
        unsigned base = ten == 7 ? 6 : ten;
        rest = number - base * TEN;
        buf_add_c(out, tens[base]);
        if (rest == 1 || rest == 11)
            buf_add_c(out, " et ");
        else if (rest > 0)
            buf_add_c(out, "-");
        if (rest > 0)
            buf_add_c(out, small[rest]);
    }
}

/* Below one thousand. */
static void below_thousand(struct buf *out, unsigned number, bool is_last)
{
    unsigned hundreds = number / HUNDRED, rest = number % HUNDRED;
    if (hundreds > 1) {
        buf_add_c(out, small[hundreds]);
        buf_add_byte(out, ' ');
    }
    if (hundreds > 0)
        buf_add_c(out, hundreds > 1 && rest == 0 && is_last ? "cents" : "cent");
    if (rest == 0)
        return;
    join(out);
    below_hundred(out, rest, is_last);
}

static void whole(struct buf *out, uint64_t number)
{
    static const struct {
        uint64_t size;
        const char *name;
    } steps[] = {{UINT64_C(1000000000), "milliard"}, {1000000, "million"}};
    if (number == 0)
        buf_add_c(out, small[0]);
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        unsigned part = (unsigned)(number / steps[i].size);
        if (part == 0)
            continue;
        join(out);
        below_thousand(out, part, true); /* a noun follows: deux cents millions */
        buf_add_byte(out, ' ');
        buf_add_c(out, steps[i].name);
        if (part > 1)
            buf_add_byte(out, 's');
        number %= steps[i].size;
    }
    unsigned thousands = (unsigned)(number / THOUSAND), rest = (unsigned)(number % THOUSAND);
    if (thousands > 0) {
        join(out);
        if (thousands > 1) {
            below_thousand(out, thousands, false);
            buf_add_byte(out, ' ');
        }
        buf_add_c(out, "mille");
    }
    if (rest > 0) {
        join(out);
        below_thousand(out, rest, true);
    }
}

void print_words(struct buf *out, struct money money)
{
    uint64_t cents = (uint64_t)(money.cents < 0 ? -money.cents : money.cents), euros = cents / HUNDRED;
    struct buf words BUF_SCOPE = BUF_INIT(400);
    if (money.cents < 0)
        buf_add_c(&words, "moins ");
    whole(&words, euros);
    bool is_round = euros > 0 && euros % 1000000 == 0; /* un million d’euros */
    buf_add_c(&words, is_round ? " d’euro" : " euro");
    if (euros > 1)
        buf_add_byte(&words, 's');
    if (cents % HUNDRED > 0) {
        buf_add_c(&words, " et ");
        below_hundred(&words, (unsigned)(cents % HUNDRED), true);
        buf_add_c(&words, cents % HUNDRED > 1 ? " centimes" : " centime");
    }
    buf_add(out, buf_str(&words));
}
