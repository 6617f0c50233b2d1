#include "proto/mime/address.h"

#include "base/utf8.h"
#include "proto/mime/header.h"
#include "proto/mime/lex.h"
#include "proto/mime/words.h"

enum { LOCAL_MAX = 64, HOST_MAX = 255, COLUMN_MAX = 76 };

/* Words read so far, not yet known to be a name or a local part: joined with one blank where blanks
 * stood, and joined with none. */
struct words {
    struct buf spaced, joined, comment;
};

/* strchr alone would find the NUL byte in every set. */
static bool is_one_of(char c, const char *set)
{
    return c != '\0' && strchr(set, c) != NULL;
}

static void words_clear(struct words *words)
{
    buf_clear(&words->spaced);
    buf_clear(&words->joined);
    buf_clear(&words->comment);
}

static void words_finish(struct words *words)
{
    buf_finish(&words->spaced);
    buf_finish(&words->joined);
    buf_finish(&words->comment);
}

/* One word at the front of *rest, into words->joined. A byte that begins no word is kept, for names
 * such as "Mairie [Beauval]"; a control is dropped. */
static void take_word(struct str *rest, struct words *words)
{
    if (lex_quoted(rest, &words->joined))
        return;
    struct str atom = lex_until(rest, LEX_ATOM_ENDS);
    buf_add(&words->joined, atom);
    if (atom.len > 0)
        return;
    if ((uint8_t)rest->at[0] > ' ' && rest->at[0] != 0x7F)
        buf_add_byte(&words->joined, rest->at[0]);
    *rest = str_after(*rest, 1);
}

/* Words up to one of `ends`, which decides what they were and stays. */
static void take_words(struct str *rest, const char *ends, struct words *words)
{
    words_clear(words);
    while (true) {
        const char *before = rest->at;
        lex_skip(rest, &words->comment);
        bool has_gap = rest->at != before && words->joined.len > 0;
        if (rest->len == 0 || is_one_of(rest->at[0], ends))
            return;
        size_t from = words->joined.len;
        take_word(rest, words);
        if (has_gap && words->joined.len > from)
            buf_add_byte(&words->spaced, ' ');
        buf_add(&words->spaced, str_after(buf_str(&words->joined), from));
    }
}

/* "example . org" or "[192.0.2.1]"; ends at what cannot go on (RFC 5322 section 4.4,
 * obs-domain). */
static void take_domain(struct str *rest, struct buf *out, struct buf *comment)
{
    bool is_open = true;
    while (true) {
        lex_skip(rest, comment);
        if (rest->len == 0)
            return;
        if (rest->at[0] == '[') {
            size_t end = str_find_byte(*rest, ']');
            buf_add(out, str_slice(*rest, 0, end == SIZE_MAX ? rest->len : end + 1));
            *rest = str_after(*rest, end == SIZE_MAX ? rest->len : end + 1);
            is_open = false;
            continue;
        }
        if (!is_open && rest->at[0] != '.')
            return;
        struct str atom = lex_until(rest, LEX_ATOM_ENDS);
        if (atom.len == 0)
            return;
        buf_add(out, atom);
        is_open = str_ends(atom, STR("."));
    }
}

/* A text that is there though it may be empty; a copy that does not fit is reported. */
static enum status keep(struct arena *arena, const struct buf *text, struct str *ret_text)
{
    *ret_text = str_copy(arena, buf_str(text));
    return str_is_absent(*ret_text) ? LIMIT : OK;
}

static enum status keep_name(struct arena *arena, const struct buf *text, struct str *ret_name)
{
    struct str name = str_trim(buf_str(text));
    if (name.len == 0)
        return OK;
    *ret_name = str_copy(arena, name);
    return str_is_absent(*ret_name) ? LIMIT : OK;
}

/* After '<': an obsolete route "@a,@b:" */
static enum status take_route(struct arena *arena, struct str *rest, struct address *address)
{
    lex_skip(rest, NULL);
    size_t end = str_find_byte(*rest, ':');
    struct str route = str_trim(str_slice(*rest, 0, end));
    size_t close = str_find_byte(*rest, '>');
    if (rest->len == 0 || rest->at[0] != '@' || end == SIZE_MAX || close < end)
        return OK;
    address->adl = header_unfold(arena, route);
    *rest = str_after(*rest, end + 1);
    return str_is_absent(address->adl) ? LIMIT : OK;
}

static enum status take_domain_into(struct arena *arena, struct str *rest, struct words *words,
                                    struct address *address)
{
    buf_clear(&words->spaced);
    if (lex_byte(rest, '@'))
        take_domain(rest, &words->spaced, &words->comment);
    return keep(arena, &words->spaced, &address->host);
}

/* "<local@host>"; a name was read before, else a comment after serves as one. */
static enum status take_angle(struct arena *arena, struct str *rest, struct words *words,
                              struct address *address)
{
    TRY(keep_name(arena, &words->spaced, &address->name));
    lex_byte(rest, '<');
    TRY(take_route(arena, rest, address));
    take_words(rest, ",;:<@>", words);
    TRY(keep(arena, &words->joined, &address->mailbox));
    TRY(take_domain_into(arena, rest, words, address));
    /* What else stands before the end of the entry is noise. */
    while (rest->len > 0 && !is_one_of(rest->at[0], ">,;"))
        *rest = str_after(*rest, 1);
    lex_byte(rest, '>');
    lex_skip(rest, &words->comment);
    return str_is_absent(address->name) ? keep_name(arena, &words->comment, &address->name) : OK;
}

/* "local@host (name)", or words alone: one is a mailbox, several are a name. */
static enum status take_bare(struct arena *arena, struct str *rest, struct words *words,
                             struct address *address)
{
    bool is_name = str_find_byte(buf_str(&words->spaced), ' ') != SIZE_MAX &&
                   (rest->len == 0 || rest->at[0] != '@');
    if (is_name) {
        TRY(keep_name(arena, &words->spaced, &address->name));
        buf_clear(&words->joined);
    }
    TRY(keep(arena, &words->joined, &address->mailbox));
    TRY(take_domain_into(arena, rest, words, address));
    lex_skip(rest, &words->comment);
    return str_is_absent(address->name) ? keep_name(arena, &words->comment, &address->name) : OK;
}

static enum status add(struct arena *arena, struct address_list *list, struct address address)
{
    struct address *added = list_add(list, arena, ADDRESSES_MAX);
    if (added != NULL)
        *added = address;
    return added != NULL || list->count == ADDRESSES_MAX ? OK : LIMIT;
}

/* The next entry, its words read. */
static enum status take_entry(struct arena *arena, struct str *rest, struct words *words,
                              struct address_list *list)
{
    struct address address = {.name = STR_NONE};
    if (rest->len > 0 && rest->at[0] == '<')
        TRY(take_angle(arena, rest, words, &address));
    else if (words->joined.len > 0 || (rest->len > 0 && rest->at[0] == '@'))
        TRY(take_bare(arena, rest, words, &address));
    else
        return OK;
    return add(arena, list, address);
}

static enum status take_group_start(struct arena *arena, struct words *words,
                                    struct address_list *list)
{
    struct address group = {.name = STR_NONE};
    TRY(keep(arena, &words->spaced, &group.mailbox));
    return add(arena, list, group);
}

static enum status parse_with(struct arena *arena, struct str rest, struct words *words,
                              struct address_list *list)
{
    bool is_in_group = false;
    while (rest.len > 0 && list->count < ADDRESSES_MAX) {
        take_words(&rest, ",;:<@", words);
        if (lex_byte(&rest, ':')) {
            if (!is_in_group)
                TRY(take_group_start(arena, words, list));
            is_in_group = true;
            continue;
        }
        TRY(take_entry(arena, &rest, words, list));
        if (lex_byte(&rest, ';') && is_in_group) {
            TRY(add(arena, list, (struct address){.name = STR_NONE}));
            is_in_group = false;
        }
        lex_byte(&rest, ',');
    }
    return is_in_group ? add(arena, list, (struct address){.name = STR_NONE}) : OK;
}

enum status address_parse(struct arena *arena, struct str value, struct address_list *list)
{
    struct words words = {BUF_INIT(ADDRESS_FIELD_MAX), BUF_INIT(ADDRESS_FIELD_MAX),
                          BUF_INIT(ADDRESS_FIELD_MAX)};
    enum status status = parse_with(arena, str_slice(value, 0, ADDRESS_FIELD_MAX), &words, list);
    words_finish(&words);
    return status;
}

enum status address_parse_field(struct arena *arena, struct str header, struct str name,
                                struct address_list *list)
{
    struct header_field field;
    for (size_t seen = 0; seen < HEADER_FIELDS_MAX && header_next(&header, &field); seen++)
        if (str_eq_nocase(field.name, name))
            TRY(address_parse(arena, field.value, list));
    return OK;
}

bool address_is_group_start(const struct address *address)
{
    return !str_is_absent(address->mailbox) && str_is_absent(address->host);
}

bool address_is_group_end(const struct address *address)
{
    return str_is_absent(address->mailbox);
}

static bool has_controls(struct str s)
{
    for (size_t i = 0; i < s.len; i++)
        if ((uint8_t)s.at[i] < ' ' || s.at[i] == 0x7F)
            return true;
    return !utf8_is_valid(s);
}

static bool is_dot_atom(struct str s)
{
    struct str rest = s;
    return lex_until(&rest, LEX_ATOM_ENDS).len == s.len && s.len > 0 && !str_starts(s, STR(".")) &&
           !str_ends(s, STR(".")) && str_find(s, STR("..")) == SIZE_MAX;
}

bool address_is_deliverable(const struct address *address)
{
    struct str mailbox = address->mailbox, host = address->host;
    if (mailbox.len == 0 || mailbox.len > LOCAL_MAX || host.len == 0 || host.len > HOST_MAX)
        return false;
    bool is_literal = str_starts(host, STR("[")) && str_ends(host, STR("]")) && host.len > 2;
    struct str inner = str_slice(host, 1, host.len - 1);
    return !has_controls(mailbox) && !has_controls(host) &&
           (is_literal ? lex_until(&inner, LEX_ATOM_ENDS " ").len > 0 || inner.len > 0
                       : is_dot_atom(host));
}

struct str address_name_text(struct arena *arena, const struct address *address)
{
    return header_text(arena, address->name);
}

static void add_mailbox(struct buf *out, struct str mailbox)
{
    if (is_dot_atom(mailbox) || mailbox.len == 0) {
        buf_add(out, mailbox);
        return;
    }
    buf_add_byte(out, '"');
    for (size_t i = 0; i < mailbox.len; i++) {
        if (mailbox.at[i] == '"' || mailbox.at[i] == '\\')
            buf_add_byte(out, '\\');
        buf_add_byte(out, mailbox.at[i]);
    }
    buf_add_byte(out, '"');
}

static void add_address(struct buf *out, const struct address *address)
{
    add_mailbox(out, address->mailbox);
    if (address->host.len > 0)
        buf_add_byte(out, '@');
    buf_add(out, address->host);
}

struct str address_text(struct arena *arena, const struct address *address)
{
    struct buf text BUF_SCOPE = BUF_INIT(ADDRESS_FIELD_MAX * 3);
    add_address(&text, address);
    return str_copy(arena, buf_str(&text));
}

/* Adds a run that is never folded inside; before it a blank, or a new line when this one is
 * full. */
static void add_run(struct buf *out, struct str run, bool has_blank, size_t *column)
{
    if (has_blank && *column + 1 + run.len > COLUMN_MAX) {
        buf_add_literal(out, "\r\n ");
        *column = 1;
    } else if (has_blank) {
        buf_add_byte(out, ' ');
        *column += 1;
    }
    buf_add(out, run);
    *column += run.len;
}

static void write_one(struct buf *out, const struct address *address, bool is_first, size_t *column)
{
    struct buf text BUF_SCOPE = BUF_INIT(ADDRESS_FIELD_MAX * 3);
    if (address->name.len == 0) {
        add_address(&text, address);
        add_run(out, buf_str(&text), !is_first, column);
        return;
    }
    if (!is_first)
        add_run(out, STR(""), true, column);
    words_encode(out, address->name, true, column);
    buf_add_byte(&text, '<');
    add_address(&text, address);
    buf_add_byte(&text, '>');
    add_run(out, buf_str(&text), true, column);
}

void address_write(struct buf *out, const struct address *addresses, size_t count, size_t *column)
{
    bool is_first = true, is_after_start = true;
    for (size_t i = 0; i < count; i++) {
        const struct address *address = &addresses[i];
        if (address_is_group_end(address)) {
            add_run(out, STR(";"), false, column);
            continue;
        }
        if (!is_after_start)
            add_run(out, STR(","), false, column);
        is_after_start = address_is_group_start(address);
        if (is_after_start) {
            add_run(out, STR(""), !is_first, column);
            words_encode(out, address->mailbox, true, column);
            add_run(out, STR(":"), false, column);
        } else {
            write_one(out, address, is_first, column);
        }
        is_first = false;
    }
}
