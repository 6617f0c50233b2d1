#include "proto/imap/imap_fetch.h"

#include "base/list.h"

struct section_list LIST_OF(struct imap_section);

struct parsing {
    const struct imap_arg *items;
    size_t count, at;
    struct arena *arena;
    struct imap_fetch fetch;
    struct section_list sections;
    const char *why;
};

static enum status refused(struct parsing *parsing, const char *why)
{
    parsing->why = why;
    return INVALID;
}

/* ---- words ---- */

static const struct {
    struct str name;
    unsigned items;
} words[] = {
    {STR_INIT("UID"), IMAP_FETCH_UID},
    {STR_INIT("FLAGS"), IMAP_FETCH_FLAGS},
    {STR_INIT("INTERNALDATE"), IMAP_FETCH_INTERNALDATE},
    {STR_INIT("RFC822.SIZE"), IMAP_FETCH_SIZE},
    {STR_INIT("ENVELOPE"), IMAP_FETCH_ENVELOPE},
    {STR_INIT("BODY"), IMAP_FETCH_BODY},
    {STR_INIT("BODYSTRUCTURE"), IMAP_FETCH_BODYSTRUCTURE},
    {STR_INIT("MODSEQ"), IMAP_FETCH_MODSEQ},
    {STR_INIT("EMAILID"), IMAP_FETCH_EMAILID},
    {STR_INIT("THREADID"), IMAP_FETCH_THREADID},
}, macros[] = {
    {STR_INIT("FAST"), IMAP_FETCH_FLAGS | IMAP_FETCH_INTERNALDATE | IMAP_FETCH_SIZE},
    {STR_INIT("ALL"), IMAP_FETCH_FLAGS | IMAP_FETCH_INTERNALDATE | IMAP_FETCH_SIZE | IMAP_FETCH_ENVELOPE},
    {STR_INIT("FULL"),
     IMAP_FETCH_FLAGS | IMAP_FETCH_INTERNALDATE | IMAP_FETCH_SIZE | IMAP_FETCH_ENVELOPE | IMAP_FETCH_BODY},
};

static unsigned word_of(struct str text)
{
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (str_eq_nocase(text, words[i].name))
            return words[i].items;
    return 0;
}

static unsigned macro_of(struct str text)
{
    for (size_t i = 0; i < sizeof macros / sizeof macros[0]; i++)
        if (str_eq_nocase(text, macros[i].name))
            return macros[i].items;
    return 0;
}

/* ---- sections ---- */

static const struct {
    struct str name;
    enum imap_section_name section;
    bool is_peek;
} bodies[] = {
    {STR_INIT("BODY.PEEK["), IMAP_BODY_SECTION, true}, {STR_INIT("BODY["), IMAP_BODY_SECTION, false},
    {STR_INIT("BINARY.PEEK["), IMAP_BINARY, true},     {STR_INIT("BINARY["), IMAP_BINARY, false},
    {STR_INIT("BINARY.SIZE["), IMAP_BINARY_SIZE, true},
};

/* "1.2.3" in front of what follows: takes it off, its last dot too. */
static enum status take_path(struct parsing *parsing, struct str *rest, struct imap_section *section)
{
    uint32_t path[IMAP_PART_DEPTH_MAX];
    while (rest->len > 0 && rest->at[0] >= '1' && rest->at[0] <= '9') {
        size_t end = 0;
        uint64_t number;
        while (end < rest->len && ascii_is_digit(rest->at[end]))
            end++;
        if (section->part_count == IMAP_PART_DEPTH_MAX ||
            str_to_u64(str_slice(*rest, 0, end), UINT32_MAX, &number) != OK)
            return refused(parsing, "Not a part number");
        path[section->part_count++] = (uint32_t)number;
        *rest = str_after(*rest, end);
        if (rest->len > 0 && rest->at[0] != '.')
            return refused(parsing, "Not a section");
        if (rest->len == 1)
            return refused(parsing, "A section ends in a dot");
        *rest = str_after(*rest, rest->len > 0 ? 1 : 0);
    }
    section->part = arena_array(parsing->arena, uint32_t, section->part_count + 1);
    if (section->part == NULL)
        return LIMIT;
    memcpy(section->part, path, section->part_count * sizeof path[0]);
    return OK;
}

static enum status section_text(struct parsing *parsing, struct str text, struct imap_section *section)
{
    static const struct {
        struct str name;
        enum imap_section_what what;
    } whats[] = {{STR_INIT(""), IMAP_WHOLE}, {STR_INIT("HEADER"), IMAP_HEADER}, {STR_INIT("TEXT"), IMAP_TEXT},
                 {STR_INIT("MIME"), IMAP_MIME}, {STR_INIT("HEADER.FIELDS"), IMAP_HEADER_FIELDS},
                 {STR_INIT("HEADER.FIELDS.NOT"), IMAP_HEADER_FIELDS_NOT}};
    TRY(take_path(parsing, &text, section));
    size_t found = 0;
    while (found < sizeof whats / sizeof whats[0] && !str_eq_nocase(text, whats[found].name))
        found++;
    if (found == sizeof whats / sizeof whats[0])
        return refused(parsing, "Unknown section");
    section->what = whats[found].what;
    bool is_binary = section->name == IMAP_BINARY || section->name == IMAP_BINARY_SIZE;
    if (is_binary && section->what != IMAP_WHOLE)
        return refused(parsing, "BINARY takes a part number alone");
    if (section->what == IMAP_MIME && section->part_count == 0)
        return refused(parsing, "MIME needs a part number");
    return OK;
}

/* "<0.1024>" behind the bracket. */
static enum status partial(struct parsing *parsing, struct str text, struct imap_section *section)
{
    uint64_t from, size;
    if (text.len == 0)
        return OK;
    if (text.len < 5 || text.at[0] != '<' || text.at[text.len - 1] != '>' || section->name == IMAP_BINARY_SIZE)
        return refused(parsing, "Not a partial range");
    struct str rest = str_slice(text, 1, text.len - 1), first = str_cut(&rest, '.');
    if (str_is_absent(rest) || str_to_u64(first, UINT32_MAX, &from) != OK ||
        str_to_u64(rest, UINT32_MAX, &size) != OK || size == 0)
        return refused(parsing, "Not a partial range");
    section->is_partial = true;
    section->partial_from = (uint32_t)from;
    section->partial_size = (uint32_t)size;
    return OK;
}

/* BODY[HEADER.FIELDS (FROM TO)]<0.10> is lexed as an atom that ends in the name, a list, and "]<0.10>". */
static enum status take_fields(struct parsing *parsing, struct imap_section *section, struct str *ret_tail)
{
    const struct imap_arg *list = parsing->at < parsing->count ? &parsing->items[parsing->at] : NULL;
    const struct imap_arg *tail = parsing->at + 1 < parsing->count ? &parsing->items[parsing->at + 1] : NULL;
    if (list == NULL || list->kind != IMAP_LIST || list->count == 0 || list->count > IMAP_FIELD_MAX ||
        tail == NULL || tail->kind != IMAP_ATOM || tail->text.at[0] != ']')
        return refused(parsing, "Header field names are missing");
    parsing->at += 2;
    section->fields = arena_array(parsing->arena, struct str, list->count);
    if (section->fields == NULL)
        return LIMIT;
    for (size_t i = 0; i < list->count; i++) {
        struct str *field = &section->fields[section->field_count];
        if (imap_arg_astring(&list->items[i], field) != OK || field->len == 0)
            return refused(parsing, "Not a header field name");
        section->field_count++;
    }
    *ret_tail = str_after(tail->text, 1);
    return OK;
}

static enum status add_section(struct parsing *parsing, const struct imap_section *section)
{
    struct imap_section *added = list_add(&parsing->sections, parsing->arena, IMAP_SECTION_MAX);
    if (added == NULL) {
        parsing->why = "Too many sections";
        return LIMIT;
    }
    *added = *section;
    return OK;
}

static enum status body_item(struct parsing *parsing, struct str text, size_t kind)
{
    struct imap_section section = {.name = bodies[kind].section, .is_peek = bodies[kind].is_peek};
    struct str tail;
    text = str_after(text, bodies[kind].name.len);
    size_t end = str_find_byte(text, ']');
    TRY(section_text(parsing, end == SIZE_MAX ? text : str_slice(text, 0, end), &section));
    bool wants_fields = section.what == IMAP_HEADER_FIELDS || section.what == IMAP_HEADER_FIELDS_NOT;
    if (wants_fields != (end == SIZE_MAX))
        return refused(parsing, "Not a section");
    if (wants_fields)
        TRY(take_fields(parsing, &section, &tail));
    else
        tail = str_after(text, end + 1);
    TRY(partial(parsing, tail, &section));
    return add_section(parsing, &section);
}

static enum status old_item(struct parsing *parsing, struct str text, bool *ret_is_one)
{
    struct imap_section section = {0};
    *ret_is_one = true;
    if (str_eq_nocase(text, STR("RFC822")))
        section = (struct imap_section){.name = IMAP_RFC822, .what = IMAP_WHOLE};
    else if (str_eq_nocase(text, STR("RFC822.HEADER")))
        section = (struct imap_section){.name = IMAP_RFC822_HEADER, .what = IMAP_HEADER, .is_peek = true};
    else if (str_eq_nocase(text, STR("RFC822.TEXT")))
        section = (struct imap_section){.name = IMAP_RFC822_TEXT, .what = IMAP_TEXT};
    else
        *ret_is_one = false;
    return *ret_is_one ? add_section(parsing, &section) : OK;
}

static enum status item(struct parsing *parsing)
{
    const struct imap_arg *arg = &parsing->items[parsing->at++];
    bool is_old;
    if (arg->kind != IMAP_ATOM)
        return refused(parsing, "Not a data item");
    unsigned bit = word_of(arg->text);
    parsing->fetch.items |= bit;
    if (bit != 0)
        return OK;
    TRY(old_item(parsing, arg->text, &is_old));
    if (is_old)
        return OK;
    for (size_t i = 0; i < sizeof bodies / sizeof bodies[0]; i++)
        if (str_starts_nocase(arg->text, bodies[i].name))
            return body_item(parsing, arg->text, i);
    return refused(parsing, "Unknown data item");
}

/* "(CHANGEDSINCE 12345 VANISHED)" */
static enum status modifiers(struct parsing *parsing, const struct imap_arg *list)
{
    struct imap_fetch *fetch = &parsing->fetch;
    for (size_t i = 0; i < list->count; i++) {
        if (imap_arg_is(&list->items[i], STR("VANISHED"))) {
            fetch->is_vanished = true;
        } else if (imap_arg_is(&list->items[i], STR("CHANGEDSINCE")) && i + 1 < list->count &&
                   imap_arg_number(&list->items[i + 1], INT64_MAX, &fetch->changed_since) == OK) {
            fetch->is_changed_since = true;
            fetch->items |= IMAP_FETCH_MODSEQ;
            i++;
        } else {
            return refused(parsing, "Unknown FETCH modifier");
        }
    }
    if (fetch->is_vanished && !fetch->is_changed_since)
        return refused(parsing, "VANISHED needs CHANGEDSINCE");
    return OK;
}

/* Items without parentheses: one, that may take three arguments when it names header fields. */
static size_t loose_count(const struct imap_arg *args, size_t count)
{
    bool has_fields = args[0].kind == IMAP_ATOM && str_find_byte(args[0].text, '[') != SIZE_MAX &&
                      str_find_byte(args[0].text, ']') == SIZE_MAX;
    return has_fields && count >= 3 ? 3 : 1;
}

static enum status parse(struct parsing *parsing, const struct imap_arg *args, size_t count)
{
    if (count == 0)
        return refused(parsing, "Data items are missing");
    size_t used = args[0].kind == IMAP_LIST ? 1 : loose_count(args, count);
    parsing->items = args[0].kind == IMAP_LIST ? args[0].items : args;
    parsing->count = args[0].kind == IMAP_LIST ? args[0].count : used;
    if (parsing->count == 0)
        return refused(parsing, "Data items are missing");
    unsigned macro = args[0].kind == IMAP_ATOM ? macro_of(args[0].text) : 0;
    parsing->fetch.items |= macro;
    while (macro == 0 && parsing->at < parsing->count)
        TRY(item(parsing));
    if (count == used)
        return OK;
    if (count != used + 1 || args[used].kind != IMAP_LIST)
        return refused(parsing, "Too many arguments");
    return modifiers(parsing, &args[used]);
}

enum status imap_fetch_parse(const struct imap_arg *args, size_t count, struct arena *arena,
                             struct imap_fetch *ret_fetch, const char **ret_why)
{
    struct parsing parsing = {.arena = arena, .why = "Command too large"};
    enum status done = parse(&parsing, args, count);
    *ret_why = parsing.why;
    TRY(done);
    parsing.fetch.sections = parsing.sections.at;
    parsing.fetch.section_count = parsing.sections.count;
    *ret_fetch = parsing.fetch;
    return OK;
}

bool imap_fetch_marks_seen(const struct imap_fetch *fetch)
{
    for (size_t i = 0; i < fetch->section_count; i++)
        if (!fetch->sections[i].is_peek)
            return true;
    return false;
}

/* ---- writing ---- */

static void write_fields(struct buf *out, const struct imap_section *section)
{
    buf_add_literal(out, " (");
    for (size_t i = 0; i < section->field_count; i++) {
        bool is_atom = true;
        for (size_t j = 0; j < section->fields[i].len; j++)
            is_atom &= imap_is_astring_char(section->fields[i].at[j]);
        buf_add_format(out, is_atom ? "%s%.*s" : "%s\"%.*s\"", i > 0 ? " " : "", STR_ARG(section->fields[i]));
    }
    buf_add_byte(out, ')');
}

void imap_section_write(struct buf *out, const struct imap_section *section)
{
    static const char *const names[] = {"BODY[", "BINARY[", "BINARY.SIZE[", "RFC822", "RFC822.HEADER", "RFC822.TEXT"};
    static const char *const whats[] = {"", "HEADER", "HEADER.FIELDS", "HEADER.FIELDS.NOT", "TEXT", "MIME"};
    buf_add(out, str_of(names[section->name]));
    if (section->name >= IMAP_RFC822)
        return;
    for (size_t i = 0; i < section->part_count; i++)
        buf_add_format(out, "%s%u", i > 0 ? "." : "", section->part[i]);
    if (section->part_count > 0 && section->what != IMAP_WHOLE)
        buf_add_byte(out, '.');
    buf_add(out, str_of(whats[section->what]));
    if (section->field_count > 0)
        write_fields(out, section);
    buf_add_byte(out, ']');
    if (section->is_partial)
        buf_add_format(out, "<%u>", section->partial_from);
}
