#include "service/mail/finding.h"

#include "base/buf.h"
#include "base/utf8.h"

enum { FOLDED_MAX = 4000 };
#define DAY_MS (86400 * INT64_C(1000))

/* ---- reading what was typed ---- */

static const struct {
    const char *word; /* folded */
    enum { AS_FIELD, AS_BEFORE, AS_AFTER, AS_STATE } kind;
    int value;
} keys[] = {
    {"from", AS_FIELD, FINDING_FROM},       {"de", AS_FIELD, FINDING_FROM},   {"to", AS_FIELD, FINDING_TO},
    {"a", AS_FIELD, FINDING_TO},            {"subject", AS_FIELD, FINDING_SUBJECT}, {"objet", AS_FIELD, FINDING_SUBJECT},
    {"before", AS_BEFORE, 0},               {"avant", AS_BEFORE, 0},          {"after", AS_AFTER, 0},
    {"apres", AS_AFTER, 0},                 {"is", AS_STATE, 0},              {"est", AS_STATE, 0},
    {"has", AS_STATE, 0},                   {"avec", AS_STATE, 0},
};
static const struct {
    const char *word;
    enum finding_state state;
} states[] = {
    {"unread", FINDING_UNREAD},         {"non-lu", FINDING_UNREAD},     {"flagged", FINDING_FLAGGED},
    {"suivi", FINDING_FLAGGED},         {"piece", FINDING_ATTACHMENT},  {"attachment", FINDING_ATTACHMENT},
};

static struct str folded(struct arena *arena, struct str text)
{
    struct buf out BUF_SCOPE = BUF_INIT(FOLDED_MAX);
    utf8_fold(&out, text);
    return str_copy(arena, buf_str(&out));
}

/* "2026", "2026-09" or "2026-09-14": the first moment of it. */
static bool read_day(struct str text, int32_t offset_minutes, int64_t *ret_ms)
{
    struct buf whole BUF_SCOPE = BUF_INIT(20);
    struct date date;
    buf_add(&whole, text);
    if (text.len == 4)
        buf_add_literal(&whole, "-01-01");
    if (text.len == 7)
        buf_add_literal(&whole, "-01");
    if (buf_status(&whole) != OK || date_parse(buf_str(&whole), &date) != OK)
        return false;
    *ret_ms = date.days * DAY_MS - offset_minutes * INT64_C(60000);
    return true;
}

static bool add_state(struct finding *finding, struct str value)
{
    for (size_t i = 0; i < sizeof states / sizeof states[0]; i++)
        if (str_eq(value, str_of(states[i].word))) {
            finding->states |= states[i].state;
            return true;
        }
    return false;
}

/* True when "name:value" was one we know. */
static bool take_key(struct finding *finding, struct str name, struct str value, int32_t offset_minutes,
                     struct finding_term *term)
{
    int64_t ms;
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++) {
        if (!str_eq(name, str_of(keys[i].word)) || value.len == 0)
            continue;
        if (keys[i].kind == AS_STATE)
            return add_state(finding, value);
        if (keys[i].kind == AS_FIELD) {
            term->field = (enum finding_field)keys[i].value;
            term->text = value;
            return true;
        }
        if (!read_day(value, offset_minutes, &ms))
            return false;
        *(keys[i].kind == AS_BEFORE ? &finding->before : &finding->after) = (struct instant){ms};
        return true;
    }
    return false;
}

/* The next word, with what stands between quotes in one piece. */
static struct str next_word(struct str *rest, bool *ret_is_phrase)
{
    *rest = str_trim(*rest);
    *ret_is_phrase = false;
    size_t at = 0;
    bool is_quoted = false;
    for (; at < rest->len && (is_quoted || rest->at[at] != ' '); at++) {
        is_quoted ^= rest->at[at] == '"';
        *ret_is_phrase |= rest->at[at] == '"';
    }
    struct str word = str_slice(*rest, 0, at);
    *rest = str_after(*rest, at);
    return word;
}

static struct str without_quotes(struct arena *arena, struct str word)
{
    char *copy = str_c(arena, word);
    size_t to = 0;
    for (size_t i = 0; copy != NULL && i < word.len; i++)
        if (copy[i] != '"')
            copy[to++] = copy[i];
    return (struct str){copy, copy != NULL ? to : 0};
}

/* Elisions and plurals: "l'école" is "ecole", "factures" finds "facture". */
static struct str stem(struct str word)
{
    size_t quote = str_find_byte(word, '\'');
    if (quote != SIZE_MAX && quote <= 2 && quote + 1 < word.len)
        word = str_after(word, quote + 1);
    if (word.len > 3 && (word.at[word.len - 1] == 's' || word.at[word.len - 1] == 'x'))
        word.len--;
    return word;
}

enum status finding_parse(struct arena *arena, struct str query, int32_t offset_minutes, struct finding *ret_finding)
{
    struct finding finding = {0};
    struct str rest = folded(arena, query);
    if (str_is_absent(rest))
        return LIMIT;
    while (str_trim(rest).len > 0) {
        struct finding_term term = {0};
        struct str word = next_word(&rest, &term.is_phrase);
        size_t before = finding.states;
        struct instant from = finding.after, to = finding.before;
        term.is_not = word.len > 1 && word.at[0] == '-';
        if (term.is_not)
            word = str_after(word, 1);
        term.text = without_quotes(arena, word);
        struct str value = term.text, name = str_cut(&value, ':');
        bool is_key = !str_is_absent(value) && take_key(&finding, name, value, offset_minutes, &term);
        bool is_filter = is_key && (finding.states != before || finding.after.ms != from.ms ||
                                    finding.before.ms != to.ms);
        if (!term.is_phrase)
            term.text = stem(term.text);
        if (is_filter || (is_key && term.field == FINDING_ANY) || term.text.len == 0)
            continue;
        if (finding.term_count == FINDING_TERMS_MAX)
            return LIMIT;
        finding.terms[finding.term_count++] = term;
    }
    *ret_finding = finding;
    return OK;
}

/* ---- one message ---- */

static bool is_word_byte(char c)
{
    return ascii_is_alpha(c) || ascii_is_digit(c) || (unsigned char)c >= 0x80;
}

/* A word is found where a word begins; a phrase where it stands. */
static bool is_found(const struct finding_term *term, struct str text)
{
    struct str rest = text;
    bool is_start = true;
    for (size_t at = str_find(rest, term->text); at != SIZE_MAX; at = str_find(rest, term->text)) {
        is_start = at > 0 ? !is_word_byte(rest.at[at - 1]) : is_start;
        if (term->is_phrase || is_start)
            return true;
        is_start = !is_word_byte(rest.at[at]);
        rest = str_after(rest, at + 1);
    }
    return false;
}

static bool is_in_fields(const struct finding_term *term, const struct finding_text *text)
{
    switch (term->field) {
    case FINDING_FROM: return is_found(term, text->from);
    case FINDING_TO: return is_found(term, text->to);
    case FINDING_SUBJECT: return is_found(term, text->subject);
    default: return is_found(term, text->from) || is_found(term, text->to) || is_found(term, text->subject);
    }
}

bool finding_is_in(const struct finding *finding, const struct finding_text *text)
{
    for (size_t i = 0; i < finding->term_count; i++) {
        const struct finding_term *term = &finding->terms[i];
        bool is = is_in_fields(term, text) || (term->field == FINDING_ANY && is_found(term, text->body));
        if (is == term->is_not)
            return false;
    }
    return true;
}

bool finding_needs_body(const struct finding *finding, const struct finding_text *text, bool *ret_is_in)
{
    bool needs = false;
    *ret_is_in = true;
    for (size_t i = 0; i < finding->term_count; i++) {
        const struct finding_term *term = &finding->terms[i];
        bool is = is_in_fields(term, text);
        if (is && term->is_not)
            return *ret_is_in = false;
        if (!is && term->field != FINDING_ANY && !term->is_not)
            return *ret_is_in = false;
        needs |= !is && term->field == FINDING_ANY;
    }
    return needs;
}
