#include "proto/imap/imap_search.h"

#include "base/utf8.h"
#include "proto/imap/imap_date.h"

/* What stands after a key's name. */
enum operand {
    OPERAND_NONE,
    OPERAND_TEXT,
    OPERAND_DAY,
    OPERAND_BYTES,   /* number64 */
    OPERAND_SECONDS, /* nz-number */
    OPERAND_KEYWORD,
    OPERAND_OBJECT, /* objectid, RFC 8474 section 4 */
};

struct name {
    struct str word;
    enum imap_search_kind kind;
    enum operand operand;
    bool is_not;
    const char *flag; /* what IMAP_SEARCH_FLAG asks for */
};

#define FLAG_PAIR(word, flag)                                                                                \
    {STR_INIT(word), IMAP_SEARCH_FLAG, OPERAND_NONE, false, flag},                                           \
    {                                                                                                        \
        STR_INIT("UN" word), IMAP_SEARCH_FLAG, OPERAND_NONE, true, flag                                      \
    }
#define KEY(word, kind, operand) {STR_INIT(word), IMAP_SEARCH_##kind, OPERAND_##operand, false, NULL}

/* RFC 9051 section 6.4.4 and the extensions named in the header, but for the keys of several parts. */
static const struct name names[] = {
    KEY("ALL", ALL, NONE),
    FLAG_PAIR("ANSWERED", "\\Answered"),
    FLAG_PAIR("DELETED", "\\Deleted"),
    FLAG_PAIR("DRAFT", "\\Draft"),
    FLAG_PAIR("FLAGGED", "\\Flagged"),
    FLAG_PAIR("SEEN", "\\Seen"),
    {STR_INIT("RECENT"), IMAP_SEARCH_FLAG, OPERAND_NONE, false, "\\Recent"},
    {STR_INIT("OLD"), IMAP_SEARCH_FLAG, OPERAND_NONE, true, "\\Recent"},
    KEY("KEYWORD", FLAG, KEYWORD),
    {STR_INIT("UNKEYWORD"), IMAP_SEARCH_FLAG, OPERAND_KEYWORD, true, NULL},
    KEY("FROM", FROM, TEXT),
    KEY("TO", TO, TEXT),
    KEY("CC", CC, TEXT),
    KEY("BCC", BCC, TEXT),
    KEY("SUBJECT", SUBJECT, TEXT),
    KEY("BODY", BODY, TEXT),
    KEY("TEXT", TEXT, TEXT),
    KEY("BEFORE", BEFORE, DAY),
    KEY("ON", ON, DAY),
    KEY("SINCE", SINCE, DAY),
    KEY("SENTBEFORE", SENT_BEFORE, DAY),
    KEY("SENTON", SENT_ON, DAY),
    KEY("SENTSINCE", SENT_SINCE, DAY),
    KEY("LARGER", LARGER, BYTES),
    KEY("SMALLER", SMALLER, BYTES),
    KEY("OLDER", OLDER, SECONDS),
    KEY("YOUNGER", YOUNGER, SECONDS),
    KEY("EMAILID", EMAILID, OBJECT),
    KEY("THREADID", THREADID, OBJECT),
};

enum { OBJECT_ID_MAX = 255 };

/* The arguments of one level of parentheses, and what belongs to the whole. */
struct reader {
    const struct imap_arg *args;
    size_t count, at;
    struct whole {
        struct arena *arena;
        struct imap_search *search;
        const char *why;
        /* read_key: RFC 9051's search-key is recursive, once a level. */
        enum status (*read)(struct reader *reader, struct imap_search_key **ret_key);
    } *whole;
    int depth;
    bool is_fuzzy;
};

static enum status wrong(struct reader *reader, enum status status, const char *why)
{
    reader->whole->why = why;
    return status;
}

static const struct imap_arg *next(struct reader *reader)
{
    return reader->at < reader->count ? &reader->args[reader->at++] : NULL;
}

static struct imap_search_key *new_key(struct reader *reader, enum imap_search_kind kind)
{
    struct imap_search_key *key = arena_new(reader->whole->arena, struct imap_search_key);
    if (key == NULL)
        return NULL;
    key->kind = kind;
    key->is_fuzzy = reader->is_fuzzy;
    key->text = key->name = STR("");
    return key;
}

static enum status read_text(struct reader *reader, struct str *ret_text)
{
    if (imap_arg_astring(next(reader), ret_text) != OK)
        return wrong(reader, INVALID, "text expected in search");
    if (!utf8_is_valid(*ret_text))
        return wrong(reader, INVALID, "search text is not in its charset");
    return OK;
}

static enum status read_day(struct reader *reader, struct date *ret_day)
{
    struct str text;
    if (imap_arg_astring(next(reader), &text) != OK || imap_date_parse(text, ret_day) != OK)
        return wrong(reader, INVALID, "date expected in search");
    return OK;
}

static enum status read_number(struct reader *reader, uint64_t from, uint64_t max, uint64_t *ret_number)
{
    if (imap_arg_number(next(reader), max, ret_number) != OK || *ret_number < from)
        return wrong(reader, INVALID, "number expected in search");
    return OK;
}

static enum status read_object(struct reader *reader, struct str *ret_text)
{
    if (imap_arg_atom(next(reader), ret_text) != OK || ret_text->len > OBJECT_ID_MAX)
        return wrong(reader, INVALID, "object id expected in search");
    for (size_t i = 0; i < ret_text->len; i++) {
        char c = ret_text->at[i];
        if (!ascii_is_alpha(c) && !ascii_is_digit(c) && c != '-' && c != '_')
            return wrong(reader, INVALID, "object id expected in search");
    }
    return OK;
}

static enum status read_keyword(struct reader *reader, struct str *ret_text)
{
    if (imap_arg_atom(next(reader), ret_text) != OK)
        return wrong(reader, INVALID, "keyword expected in search");
    return OK;
}

static enum status read_operand(struct reader *reader, enum operand operand, struct imap_search_key *key)
{
    switch (operand) {
    case OPERAND_NONE:
        return OK;
    case OPERAND_TEXT:
        return read_text(reader, &key->text);
    case OPERAND_DAY:
        return read_day(reader, &key->day);
    case OPERAND_BYTES:
        return read_number(reader, 0, INT64_MAX, &key->number);
    case OPERAND_SECONDS:
        return read_number(reader, 1, UINT32_MAX, &key->number);
    case OPERAND_KEYWORD:
        return read_keyword(reader, &key->text);
    case OPERAND_OBJECT:
        return read_object(reader, &key->text);
    }
    return BUG;
}

static enum status negate(struct reader *reader, struct imap_search_key *key, struct imap_search_key **ret_key)
{
    struct imap_search_key *negated = new_key(reader, IMAP_SEARCH_NOT);
    if (negated == NULL)
        return wrong(reader, LIMIT, "search too large");
    negated->children = key;
    negated->child_count = 1;
    *ret_key = negated;
    return OK;
}

static enum status read_named(struct reader *reader, const struct name *name, struct imap_search_key **ret_key)
{
    struct imap_search_key *key = new_key(reader, name->kind);
    if (key == NULL)
        return wrong(reader, LIMIT, "search too large");
    TRY(read_operand(reader, name->operand, key));
    if (name->flag != NULL)
        key->text = str_of(name->flag);
    *ret_key = key;
    return name->is_not ? negate(reader, key, ret_key) : OK;
}

static enum status read_set(struct reader *reader, enum imap_search_kind kind, struct imap_search_key **ret_key)
{
    const struct imap_arg *arg = next(reader);
    struct imap_search_key *key = new_key(reader, kind);
    if (key == NULL)
        return wrong(reader, LIMIT, "search too large");
    if (arg == NULL || arg->kind != IMAP_ATOM)
        return wrong(reader, INVALID, "sequence set expected in search");
    enum status read = imap_set_parse(arg->text, reader->whole->arena, &key->set);
    if (read != OK)
        return wrong(reader, read, "sequence set expected in search");
    reader->whole->search->uses_saved |= key->set.is_saved;
    *ret_key = key;
    return OK;
}

static enum status read_header(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *key = new_key(reader, IMAP_SEARCH_HEADER);
    if (key == NULL)
        return wrong(reader, LIMIT, "search too large");
    TRY(read_text(reader, &key->name));
    TRY(read_text(reader, &key->text));
    *ret_key = key;
    return OK;
}

/* MODSEQ ["/flags/..." priv|shared|all] n: one sequence counts for all entries, so the entry is only checked (RFC
 * 7162 section 3.1.5). */
static enum status read_modseq(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *key = new_key(reader, IMAP_SEARCH_MODSEQ);
    const struct imap_arg *arg = reader->at < reader->count ? &reader->args[reader->at] : NULL;
    if (key == NULL)
        return wrong(reader, LIMIT, "search too large");
    if (arg != NULL && arg->kind == IMAP_STRING) {
        reader->at++;
        const struct imap_arg *type = next(reader);
        bool is_type = imap_arg_is(type, STR("priv")) || imap_arg_is(type, STR("shared")) ||
                       imap_arg_is(type, STR("all"));
        if (!str_starts_nocase(arg->text, STR("/flags/")) || !is_type)
            return wrong(reader, INVALID, "metadata entry expected in search");
    }
    reader->whole->search->uses_modseq = true;
    *ret_key = key;
    return read_number(reader, 0, INT64_MAX, &key->number);
}

/* NEW: recent and not seen. */
static enum status read_new(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *both = arena_array(reader->whole->arena, struct imap_search_key, 2);
    struct imap_search_key *key = new_key(reader, IMAP_SEARCH_AND), *seen = new_key(reader, IMAP_SEARCH_FLAG);
    if (both == NULL || key == NULL || seen == NULL)
        return wrong(reader, LIMIT, "search too large");
    seen->text = STR("\\Seen");
    both[0] = both[1] = *key;
    both[0].kind = IMAP_SEARCH_FLAG;
    both[0].text = STR("\\Recent");
    both[1].kind = IMAP_SEARCH_NOT;
    both[1].children = seen;
    both[1].child_count = 1;
    key->children = both;
    key->child_count = 2;
    *ret_key = key;
    return OK;
}

static const struct name *find_name(const struct imap_arg *arg)
{
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (imap_arg_is(arg, names[i].word))
            return &names[i];
    return NULL;
}

static enum status read_below(struct reader *reader, struct imap_search_key **ret_key)
{
    if (reader->depth >= IMAP_SEARCH_DEPTH_MAX)
        return wrong(reader, LIMIT, "search too deep");
    reader->depth++;
    enum status done = reader->whole->read(reader, ret_key);
    reader->depth--;
    return done;
}

/* All the arguments left in this level; one alone is itself. */
static enum status read_all(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *key = new_key(reader, IMAP_SEARCH_AND), *first = NULL;
    if (reader->at == reader->count)
        return wrong(reader, INVALID, "search key expected");
    struct imap_search_key *children =
        arena_array(reader->whole->arena, struct imap_search_key, reader->count - reader->at);
    if (key == NULL || children == NULL)
        return wrong(reader, LIMIT, "search too large");
    key->children = children;
    while (reader->at < reader->count) {
        TRY(read_below(reader, &first));
        children[key->child_count++] = *first;
    }
    *ret_key = key->child_count == 1 ? first : key;
    return OK;
}

static enum status read_list(struct reader *reader, const struct imap_arg *list, struct imap_search_key **ret_key)
{
    struct reader inside = *reader;
    inside.args = list->items;
    inside.count = list->count;
    inside.at = 0;
    return read_all(&inside, ret_key);
}

static enum status read_or(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *key = new_key(reader, IMAP_SEARCH_OR);
    struct imap_search_key *both = arena_array(reader->whole->arena, struct imap_search_key, 2);
    if (key == NULL || both == NULL)
        return wrong(reader, LIMIT, "search too large");
    for (int i = 0; i < 2; i++) {
        struct imap_search_key *child;
        TRY(read_below(reader, &child));
        both[i] = *child;
    }
    key->children = both;
    key->child_count = 2;
    *ret_key = key;
    return OK;
}

static enum status read_not(struct reader *reader, struct imap_search_key **ret_key)
{
    struct imap_search_key *child;
    TRY(read_below(reader, &child));
    return negate(reader, child, ret_key);
}

static enum status read_fuzzy(struct reader *reader, struct imap_search_key **ret_key)
{
    bool was_fuzzy = reader->is_fuzzy;
    reader->is_fuzzy = true;
    reader->whole->search->uses_fuzzy = true;
    enum status done = read_below(reader, ret_key);
    reader->is_fuzzy = was_fuzzy;
    return done;
}

static enum status read_key(struct reader *reader, struct imap_search_key **ret_key)
{
    static const struct {
        struct str word;
        enum status (*read)(struct reader *reader, struct imap_search_key **ret_key);
    } longer[] = {{STR_INIT("HEADER"), read_header}, {STR_INIT("MODSEQ"), read_modseq},
                  {STR_INIT("NEW"), read_new},       {STR_INIT("NOT"), read_not},
                  {STR_INIT("OR"), read_or},         {STR_INIT("FUZZY"), read_fuzzy}};
    const struct imap_arg *arg = next(reader);
    if (imap_arg_is_list(arg))
        return read_list(reader, arg, ret_key);
    if (arg == NULL || arg->kind != IMAP_ATOM || arg->text.len == 0)
        return wrong(reader, INVALID, "search key expected");
    for (size_t i = 0; i < sizeof longer / sizeof *longer; i++)
        if (imap_arg_is(arg, longer[i].word))
            return longer[i].read(reader, ret_key);
    if (imap_arg_is(arg, STR("UID")))
        return read_set(reader, IMAP_SEARCH_UIDS, ret_key);
    const struct name *name = find_name(arg);
    if (name != NULL)
        return read_named(reader, name, ret_key);
    if (!ascii_is_digit(arg->text.at[0]) && arg->text.at[0] != '*' && arg->text.at[0] != '$')
        return wrong(reader, INVALID, "unknown search key");
    reader->at--;
    return read_set(reader, IMAP_SEARCH_NUMBERS, ret_key);
}

static enum status check_charset(const struct imap_arg *arg, const char **ret_why)
{
    struct str charset;
    *ret_why = "charset expected in search";
    if (imap_arg_astring(arg, &charset) != OK)
        return INVALID;
    *ret_why = "charset not supported";
    return str_eq_nocase(charset, STR("UTF-8")) || str_eq_nocase(charset, STR("US-ASCII")) ? OK : NOT_FOUND;
}

static enum status read_keys(const struct imap_arg *args, size_t count, struct arena *arena,
                             struct imap_search *search, const char **ret_why)
{
    struct whole whole = {.arena = arena, .search = search, .why = "search key expected", .read = read_key};
    struct reader reader = {.args = args, .count = count, .whole = &whole};
    enum status done = read_all(&reader, &search->root);
    *ret_why = whole.why;
    return done;
}

enum status imap_search_parse_returns(const struct imap_arg *args, size_t count, unsigned *ret_returns,
                                      size_t *ret_taken, const char **ret_why)
{
    static const struct {
        struct str word;
        unsigned bit;
    } options[] = {{STR_INIT("MIN"), IMAP_RETURN_MIN},
                   {STR_INIT("MAX"), IMAP_RETURN_MAX},
                   {STR_INIT("ALL"), IMAP_RETURN_ALL},
                   {STR_INIT("COUNT"), IMAP_RETURN_COUNT},
                   {STR_INIT("SAVE"), IMAP_RETURN_SAVE},
                   {STR_INIT("RELEVANCY"), IMAP_RETURN_RELEVANCY}};
    enum { OPTIONS = sizeof options / sizeof *options };
    unsigned returns = 0;
    *ret_taken = 0;
    if (count == 0 || !imap_arg_is(&args[0], STR("RETURN")))
        return OK;
    *ret_why = "return options expected in search";
    if (count < 2 || !imap_arg_is_list(&args[1]))
        return INVALID;
    for (size_t i = 0; i < args[1].count; i++) {
        size_t at = 0;
        while (at < OPTIONS && !imap_arg_is(&args[1].items[i], options[at].word))
            at++;
        *ret_why = "unknown return option in search";
        if (at == OPTIONS)
            return INVALID;
        returns |= options[at].bit;
    }
    *ret_returns = returns ? returns : IMAP_RETURN_ALL;
    *ret_taken = 2;
    return OK;
}

enum status imap_search_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                              struct imap_search *ret_search, const char **ret_why)
{
    struct imap_search search = {.returns = 0};
    size_t at;
    TRY(imap_search_parse_returns(args, count, &search.returns, &at, ret_why));
    search.is_extended = at > 0;
    if (at < count && imap_arg_is(&args[at], STR("CHARSET"))) {
        TRY(check_charset(at + 1 < count ? &args[at + 1] : NULL, ret_why));
        at += 2;
    }
    TRY(read_keys(args + at, count - at, arena, &search, ret_why));
    *ret_why = "RELEVANCY is of FUZZY keys"; /* RFC 6203 section 4 */
    if (search.returns & IMAP_RETURN_RELEVANCY && !search.uses_fuzzy)
        return INVALID;
    *ret_search = search;
    return OK;
}

enum status imap_search_parse_program(const struct imap_arg *args, size_t count, struct arena *arena,
                                      struct imap_search *ret_search, const char **ret_why)
{
    struct imap_search search = {.returns = 0};
    TRY(check_charset(count > 0 ? &args[0] : NULL, ret_why));
    TRY(read_keys(args + 1, count - 1, arena, &search, ret_why));
    *ret_search = search;
    return OK;
}

void imap_search_each(struct imap_search_key *root, void (*visit)(void *with, struct imap_search_key *key),
                      void *with)
{
    visit(with, root);
    for (size_t i = 0; i < root->child_count; i++)
        imap_search_each(&root->children[i], visit, with);
}
