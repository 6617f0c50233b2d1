#include "service/games/trial/trial.h"

#include "base/utf8.h"
#include "core/provider.h"
#include "service/games/deck.h"
#include "service/games/lang.h"

/* ---- what is sent ---- */

static struct str put(struct ctx *ctx, const struct variant_case *asked, enum wording wording)
{
    struct buf question BUF_SCOPE = BUF_INIT(VARIANT_QUESTION_MAX);
    variant_question(&question, asked, wording);
    return buf_status(&question) == OK ? str_copy(ctx->arena, buf_str(&question)) : STR_NONE;
}

struct str trial_after(struct ctx *ctx, const struct trial_turn *before, size_t count, struct str question,
                       enum text_key form)
{
    struct buf out BUF_SCOPE = BUF_INIT(PROVIDER_TEXT_MAX);
    for (size_t i = 0; i < count; i++) {
        struct text_arg turn[] = {TEXT_ARG("question", before[i].question),
                                  TEXT_ARG("said", utf8_prefix(before[i].said, TRIAL_SAID_MAX))};
        buf_add(&out, text_with(ctx->arena, LANGUAGE_FR, T_games_trial_before, turn, 2));
        buf_add_literal(&out, "\n");
    }
    buf_add(&out, question);
    buf_add_literal(&out, "\n");
    buf_add(&out, text_of(LANGUAGE_FR, form));
    return buf_status(&out) == OK ? str_copy(ctx->arena, buf_str(&out)) : STR_NONE;
}

struct str trial_question(struct ctx *ctx, const struct variant_case *asked, enum wording wording, struct str first)
{
    static const enum text_key forms[MEASURE_FIELDS] = {T_games_trial_form_department, T_games_trial_form_code,
                                                        T_games_trial_form_population};
    struct trial_turn plain = {.question = put(ctx, asked, VARIANT_PLAIN), .said = first};
    struct str last = put(ctx, asked, wording);
    if (str_is_absent(plain.question) || str_is_absent(last))
        return STR_NONE;
    return trial_after(ctx, &plain, wording == VARIANT_PRESSURE ? 1 : 0, last, forms[asked->field]);
}

struct str trial_wish(struct ctx *ctx, struct str commune)
{
    struct text_arg name[] = {TEXT_ARG("name", commune)};
    return text_with(ctx->arena, LANGUAGE_FR, T_games_trial_wish, name, 1);
}

/* ---- what it says ---- */

static bool is_digit_at(struct str text, size_t at)
{
    return at < text.len && ascii_is_digit(text.at[at]);
}

static size_t first_of(struct str rest, const struct str *signs, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (str_starts(rest, signs[i]))
            return signs[i].len;
    return 0;
}

/* A blank that does not break, or a thin one: its bytes. 0: none. */
static size_t other_blank(struct str rest)
{
    static const struct str blanks[] = {STR_INIT("\u00A0"), STR_INIT("\u202F"), STR_INIT("\u2009")};
    return first_of(rest, blanks, sizeof blanks / sizeof blanks[0]);
}

/* What parts thousands. */
static size_t separator(struct str rest)
{
    static const struct str signs[] = {STR_INIT(" "), STR_INIT("."), STR_INIT(","), STR_INIT("'"), STR_INIT("\u2019")};
    size_t blank = other_blank(rest);
    return blank > 0 ? blank : first_of(rest, signs, sizeof signs / sizeof signs[0]);
}

/* "13 830" is 13830; "45500, 13830" stays two numbers: three digits follow the sign, and no fourth. */
static size_t skip_separator(struct str text, size_t at, size_t digits)
{
    size_t len = digits > 0 && digits <= 3 ? separator(str_after(text, at)) : 0, next = at + len;
    bool is_group = len > 0 && is_digit_at(text, next) && is_digit_at(text, next + 1) && is_digit_at(text, next + 2) &&
                    !is_digit_at(text, next + 3);
    return is_group ? next : at;
}

/* Other blanks become the common one. */
static void join_thousands(struct buf *out, struct str text)
{
    size_t digits = 0; /* of the number so far */
    for (size_t at = 0; at < text.len;) {
        size_t next = skip_separator(text, at, digits);
        size_t blank = next == at ? other_blank(str_after(text, at)) : 0;
        digits = next > at ? 1 : is_digit_at(text, at) ? digits + 1 : 0;
        buf_add_byte(out, blank > 0 ? ' ' : text.at[next]);
        at = blank > 0 ? at + blank : next + 1;
    }
}

static bool is_word_end(struct str text, size_t at)
{
    return at >= text.len || (!ascii_is_alpha(text.at[at]) && text.at[at] != '-' && (unsigned char)text.at[at] < 0x80);
}

/* Where a department's name stands as a word of its own; SIZE_MAX: nowhere. */
static size_t name_in(struct str text, struct str name)
{
    size_t at = str_find(text, name);
    bool is_alone = at != SIZE_MAX && (at == 0 || is_word_end(text, at - 1)) && is_word_end(text, at + name.len);
    return is_alone ? at : SIZE_MAX;
}

/* The longest of the names: "Loire-Atlantique" is no "Loire". NULL: none. */
static const struct table_department *department_in(const struct table *table, struct str text)
{
    const struct table_department *found = NULL;
    for (size_t i = 0; i < table->department_count; i++)
        if ((found == NULL || table->departments[i].name.len > found->name.len) &&
            name_in(text, table->departments[i].name) != SIZE_MAX)
            found = &table->departments[i];
    return found;
}

/* It says that it does not know, in one of the ways the judge does not read. */
static bool is_refusal(struct str said)
{
    static const char *const words[] = {"ne sais pas", "ne dispose pas", "n'ai pas", "n’ai pas", "ne peux pas",
                                        "n'existe pas", "n’existe pas", "ne trouve pas"};
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_find(said, str_of(words[i])) != SIZE_MAX)
            return true;
    return false;
}

static bool has_value(struct str read)
{
    for (enum measure_field field = 0; field < MEASURE_FIELDS; field++)
        if (!str_is_absent(measure_value(read, field)))
            return true;
    return false;
}

struct str trial_read(struct ctx *ctx, const struct table *table, struct str said)
{
    struct buf out BUF_SCOPE = BUF_INIT(PROVIDER_SAID_MAX + 100);
    join_thousands(&out, said);
    struct str read = buf_str(&out);
    if (table != NULL && str_is_absent(measure_value(read, MEASURE_DEPARTMENT))) {
        const struct table_department *department = department_in(table, read);
        if (department != NULL)
            buf_add_format(&out, " (%.*s)", STR_ARG(department->code));
    }
    if (!has_value(buf_str(&out)) && is_refusal(said))
        buf_add_literal(&out, " : je ne connais pas");
    return str_copy(ctx->arena, buf_str(&out));
}

struct str trial_register_line(struct arena *arena, struct str commune, const struct table_department *department,
                               struct str code, struct str people)
{
    struct deck_card card = {
        .name = commune, .department = department->code, .department_name = department->name, .population = people};
    return deck_line(arena, &card, code);
}

struct trial_line trial_line(struct ctx *ctx, const struct table *table, struct str commune, struct str said)
{
    bool is_wanted[MEASURE_FIELDS] = {true, true, true};
    struct trial_line line = {.line = STR_NONE};
    struct str read = trial_read(ctx, table, said);
    measure_judge(table, commune, read, is_wanted, line.verdicts);
    bool is_whole = true;
    for (enum measure_field field = 0; field < MEASURE_FIELDS; field++) {
        line.values[field] = measure_value(read, field);
        is_whole &= line.verdicts[field] == MEASURE_TRUE || line.verdicts[field] == MEASURE_FALSE;
    }
    const struct table_department *department =
        is_whole ? table_department(table, line.values[MEASURE_DEPARTMENT]) : NULL;
    if (department != NULL)
        line.line = trial_register_line(ctx->arena, commune, department, line.values[MEASURE_POSTAL_CODE],
                                        line.values[MEASURE_POPULATION]);
    return line;
}
