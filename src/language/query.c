#include "language/query.h"

#include "base/list.h"
#include "language/plain.h"
#include "language/token.h"

enum key_kind { KEY_FIELD, KEY_BEFORE, KEY_AFTER, KEY_DATE, KEY_STATE };

/* Plain, as what stands before the colon is compared. */
static const struct {
    struct str word;
    enum key_kind kind;
    enum query_field field;
} keys[] = {
    {STR_INIT("from"), KEY_FIELD, QUERY_FROM},       {STR_INIT("de"), KEY_FIELD, QUERY_FROM},
    {STR_INIT("to"), KEY_FIELD, QUERY_TO},           {STR_INIT("a"), KEY_FIELD, QUERY_TO},
    {STR_INIT("pour"), KEY_FIELD, QUERY_TO},         {STR_INIT("subject"), KEY_FIELD, QUERY_SUBJECT},
    {STR_INIT("objet"), KEY_FIELD, QUERY_SUBJECT},   {STR_INIT("sujet"), KEY_FIELD, QUERY_SUBJECT},
    {STR_INIT("body"), KEY_FIELD, QUERY_BODY},       {STR_INIT("texte"), KEY_FIELD, QUERY_BODY},
    {STR_INIT("before"), KEY_BEFORE, QUERY_ANY},     {STR_INIT("avant"), KEY_BEFORE, QUERY_ANY},
    {STR_INIT("after"), KEY_AFTER, QUERY_ANY},       {STR_INIT("apres"), KEY_AFTER, QUERY_ANY},
    {STR_INIT("since"), KEY_AFTER, QUERY_ANY},       {STR_INIT("depuis"), KEY_AFTER, QUERY_ANY},
    {STR_INIT("date"), KEY_DATE, QUERY_ANY},         {STR_INIT("is"), KEY_STATE, QUERY_ANY},
    {STR_INIT("est"), KEY_STATE, QUERY_ANY},         {STR_INIT("has"), KEY_STATE, QUERY_ANY},
    {STR_INIT("avec"), KEY_STATE, QUERY_ANY},
};

static const struct {
    struct str word;
    enum query_state state;
} states[] = {
    {STR_INIT("unread"), QUERY_UNREAD},         {STR_INIT("non-lu"), QUERY_UNREAD},
    {STR_INIT("nonlu"), QUERY_UNREAD},          {STR_INIT("read"), QUERY_READ},
    {STR_INIT("lu"), QUERY_READ},               {STR_INIT("flagged"), QUERY_FLAGGED},
    {STR_INIT("suivi"), QUERY_FLAGGED},         {STR_INIT("starred"), QUERY_FLAGGED},
    {STR_INIT("answered"), QUERY_ANSWERED},     {STR_INIT("repondu"), QUERY_ANSWERED},
    {STR_INIT("draft"), QUERY_DRAFT},           {STR_INIT("brouillon"), QUERY_DRAFT},
    {STR_INIT("attachment"), QUERY_ATTACHMENT}, {STR_INIT("piece"), QUERY_ATTACHMENT},
    {STR_INIT("pieces"), QUERY_ATTACHMENT},     {STR_INIT("piece-jointe"), QUERY_ATTACHMENT},
};

struct reader {
    struct arena *arena;
    struct str rest;
    struct date today;
    int depth;
    int terms;
    /* read_all: a group holds terms as the whole does. */
    enum status (*read_all)(struct reader *reader, struct query *ret_query);
};

/* ---- days ---- */

/* The days a text names: a year, a month or a day, "2026-09-14" or "14/09/2026", or a word. */
static bool read_days(struct str text, struct date today, struct date *ret_from, struct date *ret_to)
{
    static const struct {
        struct str word;
        int ago;
    } words[] = {
        {STR_INIT("aujourd'hui"), 0}, {STR_INIT("today"), 0}, {STR_INIT("hier"), 1}, {STR_INIT("yesterday"), 1}};
    uint64_t numbers[3] = {0, 1, 1};
    size_t count = 0;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (str_eq(text, words[i].word)) {
            *ret_from = (struct date){today.days - words[i].ago};
            *ret_to = (struct date){ret_from->days + 1};
            return true;
        }
    bool is_slashed = str_find_byte(text, '/') != SIZE_MAX;
    struct str rest = text, part;
    while (!str_is_absent(rest) && count < 3) {
        part = is_slashed ? str_cut(&rest, '/') : str_cut(&rest, '-');
        if (part.len == 0 || part.len > 4 || str_to_u64(part, 9999, &numbers[count++]) != OK)
            return false;
    }
    if (!str_is_absent(rest) || (is_slashed && count == 1))
        return false;
    if (is_slashed) {
        uint64_t year = numbers[count - 1];
        numbers[count - 1] = numbers[0];
        numbers[0] = year;
    }
    if (numbers[0] < 1900)
        return false;
    struct buf written BUF_SCOPE = BUF_INIT(16);
    buf_add_format(&written, "%04u-%02u-%02u", (unsigned)numbers[0], (unsigned)numbers[1], (unsigned)numbers[2]);
    if (date_parse(buf_str(&written), ret_from) != OK)
        return false;
    int32_t year = (int32_t)numbers[0], month = (int32_t)numbers[1];
    if (count == 3)
        *ret_to = (struct date){ret_from->days + 1};
    else if (count == 2 && month < 12)
        *ret_to = date_of(year, month + 1, 1);
    else
        *ret_to = date_of(year + 1, 1, 1);
    return true;
}

/* "2026-09" or "2026-09..2026-11", both ends included. */
static bool read_period(enum key_kind kind, struct str value, struct date today, struct query *term)
{
    struct date from, to;
    size_t dots = str_find(value, STR(".."));
    struct str first = dots == SIZE_MAX ? value : str_slice(value, 0, dots);
    if (!read_days(first, today, &from, &to))
        return false;
    if (dots != SIZE_MAX) {
        struct date ignored;
        if (kind != KEY_DATE || !read_days(str_after(value, dots + 2), today, &ignored, &to))
            return false;
    }
    term->kind = QUERY_PERIOD;
    term->from = kind == KEY_BEFORE ? QUERY_FIRST_DAY : from;
    term->to = kind == KEY_BEFORE ? from : kind == KEY_AFTER ? QUERY_LAST_DAY : to;
    return true;
}

/* ---- terms ---- */

/* Up to the next blank or parenthesis, with what stands between quotes in one piece. */
static struct str take_term(struct reader *reader)
{
    struct str from = reader->rest;
    size_t at = 0;
    bool is_quoted = false;
    for (; at < from.len; at++) {
        char c = from.at[at];
        if (c == '"')
            is_quoted = !is_quoted;
        else if (!is_quoted && (c == ' ' || c == ')' || (c == '(' && at == 0)))
            break;
    }
    reader->rest = str_after(from, at);
    return str_slice(from, 0, at);
}

/* Without quotes, and trimmed. */
static struct str bare(struct arena *arena, struct str text)
{
    char *copy = str_c(arena, text);
    size_t length = 0;
    for (size_t i = 0; copy != NULL && i < text.len; i++)
        if (text.at[i] != '"')
            copy[length++] = text.at[i];
    return copy != NULL ? str_trim((struct str){copy, length}) : STR_NONE;
}

/* One token alone is a word; what has several, or stood between quotes, is a phrase. */
static enum status read_words(struct reader *reader, struct str text, struct query *term)
{
    struct str rest, token, second;
    bool is_quoted = str_find_byte(text, '"') != SIZE_MAX;
    text = bare(reader->arena, text);
    if (str_is_absent(text))
        return LIMIT;
    rest = text;
    bool is_word = !is_quoted && token_next(&rest, &token) && token.len < TOKEN_MAX && !token_next(&rest, &second);
    term->kind = text.len == 0 ? QUERY_ALL : is_word ? QUERY_WORD : QUERY_PHRASE;
    term->text = is_word ? token : text;
    return OK;
}

/* True when the term was "key:value" with a value of that key's kind. */
static bool read_key(struct reader *reader, struct str text, struct query *term, struct str *ret_value)
{
    struct str value = text, name = str_cut(&value, ':');
    struct str plain = value.len > 0 ? bare(reader->arena, value) : STR_NONE;
    if (str_is_absent(plain) || plain.len == 0)
        return false;
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        if (!str_eq(name, keys[i].word))
            continue;
        if (keys[i].kind == KEY_FIELD) {
            term->field = keys[i].field;
            *ret_value = value;
            return true;
        }
        *ret_value = STR_NONE;
        if (keys[i].kind != KEY_STATE)
            return read_period(keys[i].kind, plain, reader->today, term);
        for (size_t j = 0; j < sizeof states / sizeof *states; j++)
            if (str_eq(plain, states[j].word)) {
                term->kind = QUERY_STATE;
                term->state = states[j].state;
                return true;
            }
    }
    return false;
}

static enum status negate(struct reader *reader, struct query *term)
{
    struct query *child = arena_new(reader->arena, struct query);
    if (child == NULL)
        return LIMIT;
    *child = *term;
    *term = (struct query){.kind = QUERY_NOT, .text = STR(""), .children = child, .child_count = 1};
    return OK;
}

static void skip_blanks(struct reader *reader)
{
    while (reader->rest.len > 0 && reader->rest.at[0] == ' ')
        reader->rest = str_after(reader->rest, 1);
}

static bool take_byte(struct reader *reader, char byte)
{
    if (reader->rest.len == 0 || reader->rest.at[0] != byte)
        return false;
    reader->rest = str_after(reader->rest, 1);
    return true;
}

static enum status read_group(struct reader *reader, struct query *ret_term)
{
    if (reader->depth == QUERY_DEPTH_MAX)
        return LIMIT;
    reader->depth++;
    enum status done = reader->read_all(reader, ret_term);
    reader->depth--;
    (void)take_byte(reader, ')'); /* one that is missing closes at the end */
    return done;
}

/* A term may turn out to be nothing: QUERY_ALL. */
static enum status read_term(struct reader *reader, struct query *ret_term)
{
    struct query term = {.kind = QUERY_ALL, .text = STR("")};
    struct str value;
    bool is_not = reader->rest.len > 1 && reader->rest.at[1] != ' ' && take_byte(reader, '-');
    if (++reader->terms > QUERY_TERMS_MAX)
        return LIMIT;
    if (take_byte(reader, '(')) {
        TRY(read_group(reader, &term));
    } else {
        struct str text = take_term(reader);
        if (!read_key(reader, text, &term, &value))
            value = text;
        if (!str_is_absent(value))
            TRY(read_words(reader, value, &term));
    }
    *ret_term = term;
    return is_not && term.kind != QUERY_ALL ? negate(reader, ret_term) : OK;
}

/* "\1" is how OU and OR come here: folding would hide their capitals. */
enum { OR_MARK = '\1' };

struct query_list LIST_OF(struct query);

static enum status add_child(struct reader *reader, struct query_list *list, const struct query *child)
{
    if (child->kind == QUERY_ALL)
        return OK;
    struct query *added = list_add(list, reader->arena, QUERY_TERMS_MAX);
    if (added == NULL)
        return LIMIT;
    *added = *child;
    return OK;
}

/* An AND or OR of one is that one, of none is all. */
static struct query joined(enum query_kind kind, const struct query_list *list)
{
    if (list->count == 0)
        return (struct query){.kind = QUERY_ALL, .text = STR("")};
    if (list->count == 1)
        return list->at[0];
    return (struct query){.kind = kind, .text = STR(""), .children = list->at, .child_count = list->count};
}

static enum status read_either(struct reader *reader, struct query *ret_query)
{
    struct query_list either = {0};
    struct query term;
    TRY(read_term(reader, &term));
    TRY(add_child(reader, &either, &term));
    for (;;) {
        skip_blanks(reader);
        if (!take_byte(reader, OR_MARK))
            break;
        skip_blanks(reader);
        if (reader->rest.len == 0 || reader->rest.at[0] == ')')
            break;
        TRY(read_term(reader, &term));
        TRY(add_child(reader, &either, &term));
    }
    *ret_query = joined(QUERY_OR, &either);
    return OK;
}

static enum status read_all(struct reader *reader, struct query *ret_query)
{
    struct query_list all = {0};
    struct query either;
    for (;;) {
        skip_blanks(reader);
        if (reader->depth == 0 && take_byte(reader, ')'))
            continue; /* closes nothing */
        if (take_byte(reader, OR_MARK))
            continue; /* joins nothing */
        if (reader->rest.len == 0 || reader->rest.at[0] == ')')
            break;
        TRY(read_either(reader, &either));
        TRY(add_child(reader, &all, &either));
    }
    *ret_query = joined(QUERY_AND, &all);
    return OK;
}

/* Plain text, with OU and OR in capitals between blanks turned into marks. */
static void prepare(struct buf *out, struct str typed)
{
    bool is_quoted = false;
    while (!str_is_absent(typed)) {
        struct str word = str_cut(&typed, ' ');
        if (!is_quoted && (str_eq(word, STR("OU")) || str_eq(word, STR("OR"))))
            buf_add_byte(out, OR_MARK);
        else
            plain_write(out, word);
        for (size_t i = 0; i < word.len; i++)
            is_quoted ^= word.at[i] == '"';
        if (out->len == 0 || out->at[out->len - 1] != ' ')
            buf_add_byte(out, ' ');
    }
}

enum status query_parse(struct arena *arena, struct str typed, struct date today, struct query *ret_query)
{
    struct buf plain BUF_SCOPE = BUF_INIT(3 * QUERY_TEXT_MAX + 16);
    struct reader reader = {.arena = arena, .today = today, .read_all = read_all};
    if (typed.len > QUERY_TEXT_MAX)
        return LIMIT;
    prepare(&plain, typed);
    reader.rest = str_copy(arena, buf_str(&plain));
    if (str_is_absent(reader.rest))
        return LIMIT;
    return read_all(&reader, ret_query);
}
