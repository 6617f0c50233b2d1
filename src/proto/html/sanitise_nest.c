#include "proto/html/sanitise_nest.h"

#include <gumbo.h>
#include <stdio.h>

struct nest {
    struct buf *out;
    struct str rest;
    GumboTag open[SANITISE_NEST_DEPTH_MAX];
    size_t depth, tags;
    size_t left_out[GUMBO_TAG_LAST + 1]; /* starts that were too deep, whose ends go too */
    bool is_cut;
};

struct tags {
    GumboTag at[24];
    size_t count;
};

#define TAGS(...) {{__VA_ARGS__}, sizeof((GumboTag[]){__VA_ARGS__}) / sizeof(GumboTag)}

/* Their content is no markup: it goes with them. */
static const struct tags raw = TAGS(GUMBO_TAG_SCRIPT, GUMBO_TAG_STYLE, GUMBO_TAG_TEXTAREA, GUMBO_TAG_TITLE,
                                    GUMBO_TAG_XMP, GUMBO_TAG_IFRAME, GUMBO_TAG_NOEMBED, GUMBO_TAG_NOFRAMES,
                                    GUMBO_TAG_NOSCRIPT, GUMBO_TAG_PLAINTEXT);
/* Of the document, which is ours; forms, which are never kept; and what a parser turns into one. */
static const struct tags passed_over = TAGS(GUMBO_TAG_HTML, GUMBO_TAG_HEAD, GUMBO_TAG_BODY, GUMBO_TAG_FORM,
                                            GUMBO_TAG_FRAMESET, GUMBO_TAG_FRAME, GUMBO_TAG_ISINDEX, GUMBO_TAG_UNKNOWN,
                                            GUMBO_TAG_LAST);
static const struct tags empty = TAGS(
    GUMBO_TAG_AREA, GUMBO_TAG_BASE, GUMBO_TAG_BASEFONT, GUMBO_TAG_BGSOUND, GUMBO_TAG_BR, GUMBO_TAG_COL,
    GUMBO_TAG_EMBED, GUMBO_TAG_HR, GUMBO_TAG_IMG, GUMBO_TAG_IMAGE, GUMBO_TAG_INPUT, GUMBO_TAG_KEYGEN,
    GUMBO_TAG_LINK, GUMBO_TAG_META, GUMBO_TAG_PARAM, GUMBO_TAG_SOURCE, GUMBO_TAG_TRACK, GUMBO_TAG_WBR);
static const struct tags sections = TAGS(GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT, GUMBO_TAG_CAPTION,
                                         GUMBO_TAG_COLGROUP);
static const struct tags groups = TAGS(GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT);
static const struct tags cells = TAGS(GUMBO_TAG_TD, GUMBO_TAG_TH);
static const struct tags of_tables = TAGS(GUMBO_TAG_TABLE, GUMBO_TAG_TBODY, GUMBO_TAG_THEAD, GUMBO_TAG_TFOOT,
                                          GUMBO_TAG_COLGROUP, GUMBO_TAG_TR);
/* What an end, or the end that a start implies, does not reach across (WHATWG HTML, "has an element in scope"). */
static const struct tags walls = TAGS(GUMBO_TAG_TABLE, GUMBO_TAG_TD, GUMBO_TAG_TH, GUMBO_TAG_CAPTION);
static const struct tags table_wall = TAGS(GUMBO_TAG_TABLE);
static const struct tags list_walls = TAGS(GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL, GUMBO_TAG_DIR, GUMBO_TAG_MENU,
                                           GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_TABLE, GUMBO_TAG_TD, GUMBO_TAG_TH,
                                           GUMBO_TAG_CAPTION);
/* A paragraph ends where one of these begins. */
static const struct tags blocks = TAGS(GUMBO_TAG_P, GUMBO_TAG_DIV, GUMBO_TAG_UL, GUMBO_TAG_OL, GUMBO_TAG_DL,
                                       GUMBO_TAG_BLOCKQUOTE, GUMBO_TAG_PRE, GUMBO_TAG_HR, GUMBO_TAG_H1, GUMBO_TAG_H2,
                                       GUMBO_TAG_H3, GUMBO_TAG_H4, GUMBO_TAG_H5, GUMBO_TAG_H6, GUMBO_TAG_CENTER,
                                       GUMBO_TAG_ADDRESS, GUMBO_TAG_SECTION, GUMBO_TAG_ARTICLE, GUMBO_TAG_HEADER,
                                       GUMBO_TAG_FOOTER, GUMBO_TAG_LI, GUMBO_TAG_DD, GUMBO_TAG_DT);

static bool is_one_of(const struct tags *tags, GumboTag tag)
{
    for (size_t i = 0; i < tags->count; i++)
        if (tags->at[i] == tag)
            return true;
    return false;
}

static bool is_space(char c)
{
    return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f';
}

/* ---- what is open ---- */

static void close_to(struct nest *nest, size_t depth)
{
    while (nest->depth > depth)
        buf_add_format(nest->out, "</%s>", gumbo_normalized_tagname(nest->open[--nest->depth]));
}

/* Where the innermost of these is open, or SIZE_MAX behind a wall. */
static size_t find_open(const struct nest *nest, const struct tags *wanted, const struct tags *not_across)
{
    for (size_t i = nest->depth; i-- > 0;) {
        if (is_one_of(wanted, nest->open[i]))
            return i;
        if (is_one_of(not_across, nest->open[i]))
            return SIZE_MAX;
    }
    return SIZE_MAX;
}

static size_t find_one(const struct nest *nest, GumboTag tag, const struct tags *not_across)
{
    struct tags one = {{tag}, 1};
    return find_open(nest, &one, not_across);
}

static void close_one(struct nest *nest, GumboTag tag, const struct tags *not_across)
{
    size_t at = find_one(nest, tag, not_across);
    if (at != SIZE_MAX)
        close_to(nest, at);
}

/* False when there are too many or they are too deep. */
static bool open_one(struct nest *nest, GumboTag tag, struct str written)
{
    bool is_empty = is_one_of(&empty, tag);
    if (nest->tags == SANITISE_NEST_TAGS_MAX || (!is_empty && nest->depth == SANITISE_NEST_DEPTH_MAX)) {
        nest->is_cut = true;
        return false;
    }
    nest->tags++;
    buf_add(nest->out, written);
    if (!is_empty)
        nest->open[nest->depth++] = tag;
    return true;
}

/* ---- tables ---- */

static bool is_in_table(const struct nest *nest)
{
    return nest->depth > 0 && is_one_of(&of_tables, nest->open[nest->depth - 1]);
}

/* Up to the table, or its section: there a row may begin. */
static bool to_rows(struct nest *nest)
{
    static const struct tags nothing;
    size_t table = find_one(nest, GUMBO_TAG_TABLE, &nothing);
    if (table == SIZE_MAX)
        return false;
    bool has_group = table + 1 < nest->depth && is_one_of(&groups, nest->open[table + 1]);
    close_to(nest, table + 1 + has_group);
    return true;
}

static bool to_cells(struct nest *nest)
{
    size_t row = find_one(nest, GUMBO_TAG_TR, &table_wall);
    if (row != SIZE_MAX) {
        close_to(nest, row + 1);
        return true;
    }
    return to_rows(nest) && open_one(nest, GUMBO_TAG_TR, STR("<tr>"));
}

/* What is no part of a table stands in a cell of it. False: there is no room for one. */
static bool in_cell(struct nest *nest)
{
    return !is_in_table(nest) || (to_cells(nest) && open_one(nest, GUMBO_TAG_TD, STR("<td>")));
}

/* So deep that no cell has room: behind the table. True, for whoever goes on there. */
static bool leave_table(struct nest *nest)
{
    while (is_in_table(nest))
        close_to(nest, nest->depth - 1);
    return true;
}

static bool to_sections(struct nest *nest)
{
    static const struct tags nothing;
    size_t table = find_one(nest, GUMBO_TAG_TABLE, &nothing);
    if (table != SIZE_MAX)
        close_to(nest, table + 1);
    return table != SIZE_MAX;
}

/* ---- tags ---- */

static bool make_place(struct nest *nest, GumboTag tag)
{
    if (is_one_of(&sections, tag))
        return to_sections(nest);
    if (tag == GUMBO_TAG_TR)
        return to_rows(nest);
    if (is_one_of(&cells, tag))
        return to_cells(nest);
    if (tag == GUMBO_TAG_COL)
        return (nest->depth > 0 && nest->open[nest->depth - 1] == GUMBO_TAG_COLGROUP) || to_sections(nest);
    if (!in_cell(nest))
        return false;
    if (tag == GUMBO_TAG_LI)
        close_one(nest, GUMBO_TAG_LI, &list_walls);
    if (tag == GUMBO_TAG_DD || tag == GUMBO_TAG_DT) {
        close_one(nest, GUMBO_TAG_DD, &list_walls);
        close_one(nest, GUMBO_TAG_DT, &list_walls);
    }
    if (tag == GUMBO_TAG_A)
        close_one(nest, GUMBO_TAG_A, &walls);
    if (is_one_of(&blocks, tag))
        close_one(nest, GUMBO_TAG_P, &walls);
    return true;
}

/* Up to the end tag; without one, all the rest. */
static void pass_raw(struct nest *nest, GumboTag tag)
{
    struct str name = str_of(gumbo_normalized_tagname(tag));
    while (tag != GUMBO_TAG_PLAINTEXT) {
        size_t end = str_find(nest->rest, STR("</"));
        if (end == SIZE_MAX)
            break;
        nest->rest = str_after(nest->rest, end);
        struct str after = str_after(nest->rest, 2 + name.len);
        bool is_end = str_starts_nocase(str_after(nest->rest, 2), name) &&
                      (after.len == 0 || is_space(after.at[0]) || after.at[0] == '>' || after.at[0] == '/');
        if (is_end)
            return;
        nest->rest = str_after(nest->rest, 2);
    }
    nest->rest = STR("");
}

static void start(struct nest *nest, GumboTag tag, struct str written)
{
    if (is_one_of(&raw, tag)) {
        pass_raw(nest, tag);
        return;
    }
    if (is_one_of(&passed_over, tag))
        return;
    if (!make_place(nest, tag) || !open_one(nest, tag, written))
        nest->left_out[tag] += !is_one_of(&empty, tag);
}

static void end(struct nest *nest, GumboTag tag)
{
    bool is_of_table = is_one_of(&of_tables, tag) || is_one_of(&cells, tag) || tag == GUMBO_TAG_CAPTION;
    static const struct tags nothing;
    const struct tags *not_across = tag == GUMBO_TAG_TABLE ? &nothing : is_of_table ? &table_wall : &walls;
    if (is_one_of(&passed_over, tag))
        return;
    if (nest->left_out[tag] > 0)
        nest->left_out[tag]--;
    else
        close_one(nest, tag, not_across);
}

/* ---- reading ---- */

/* The length of a quoted value with its quotes, or SIZE_MAX when it never ends. */
static size_t quoted_length(struct str rest)
{
    size_t end = str_find_byte(str_after(rest, 1), rest.at[0]);
    return end == SIZE_MAX ? SIZE_MAX : end + 2;
}

static size_t skip_spaces(struct str text, size_t at)
{
    while (at < text.len && is_space(text.at[at]))
        at++;
    return at;
}

/* Behind the name of a tag: up to and with its '>', by the rules of attributes (WHATWG HTML, 13.2.5.32 to 39).
 * SIZE_MAX: the document ends first. */
static size_t tag_length(struct str text, size_t at, size_t *ret_attributes)
{
    for (*ret_attributes = 0;; ++*ret_attributes) {
        while (at < text.len && (is_space(text.at[at]) || text.at[at] == '/'))
            at++;
        if (at >= text.len)
            return SIZE_MAX;
        if (text.at[at] == '>')
            return at + 1;
        at++; /* also a '=' that begins a name */
        while (at < text.len && !is_space(text.at[at]) && strchr("/>=", text.at[at]) == NULL)
            at++;
        size_t equals = skip_spaces(text, at);
        if (equals >= text.len || text.at[equals] != '=')
            continue;
        at = skip_spaces(text, equals + 1);
        bool is_quoted = at < text.len && (text.at[at] == '"' || text.at[at] == '\'');
        size_t length = is_quoted ? quoted_length(str_after(text, at)) : 0;
        if (length == SIZE_MAX)
            return SIZE_MAX;
        at += length;
        while (!is_quoted && at < text.len && !is_space(text.at[at]) && text.at[at] != '>')
            at++;
    }
}

static size_t name_length(struct str text)
{
    size_t length = 0;
    while (length < text.len && !is_space(text.at[length]) && strchr("/>", text.at[length]) == NULL)
        length++;
    return length;
}

static void take_tag(struct nest *nest, bool is_end)
{
    size_t attributes, from = is_end ? 2 : 1;
    struct str name = str_after(nest->rest, from);
    name = str_slice(name, 0, name_length(name));
    size_t length = tag_length(nest->rest, from + name.len, &attributes);
    struct str written = str_slice(nest->rest, 0, length);
    nest->rest = length == SIZE_MAX ? STR("") : str_after(nest->rest, length);
    if (length == SIZE_MAX)
        return;
    GumboTag tag = gumbo_tagn_enum(name.at, (unsigned)name.len);
    bool is_bare = attributes > SANITISE_NEST_ATTRIBUTES_MAX;
    char bare[40];
    nest->is_cut |= is_bare;
    if (is_bare)
        written = (struct str){bare, (size_t)snprintf(bare, sizeof bare, "<%s>", gumbo_normalized_tagname(tag))};
    if (is_end)
        end(nest, tag);
    else
        start(nest, tag, written);
}

/* Behind "-->" or "--!>", or SIZE_MAX. One pass: a second look for the other end would be one to the end of the
 * source. */
static size_t comment_length(struct str body)
{
    size_t at = str_find(body, STR("--"));
    while (at != SIZE_MAX) {
        struct str after = str_after(body, at + 2);
        if (str_starts(after, STR(">")) || str_starts(after, STR("!>")))
            return at + (after.at[0] == '>' ? 3 : 4);
        size_t next = str_find(str_after(body, at + 1), STR("--"));
        at = next == SIZE_MAX ? next : at + 1 + next;
    }
    return SIZE_MAX;
}

/* "<!-->" and "<!--->" are whole. */
static void pass_comment(struct nest *nest)
{
    bool is_comment = str_starts(nest->rest, STR("<!--"));
    struct str body = str_after(nest->rest, is_comment ? 2 : 1);
    size_t end = str_starts(body, STR("--->")) ? 4 : is_comment ? comment_length(body) : str_find_byte(body, '>');
    bool is_over = end == SIZE_MAX;
    nest->rest = is_over ? STR("") : str_after(body, end + !is_comment);
}

static void take_text(struct nest *nest)
{
    size_t end = str_find_byte(nest->rest, '<');
    struct str text = str_slice(nest->rest, 0, end);
    nest->rest = str_after(nest->rest, text.len);
    if (skip_spaces(text, 0) == text.len || in_cell(nest) || leave_table(nest))
        buf_add(nest->out, text);
}

static void take_some(struct nest *nest)
{
    char second = nest->rest.len > 1 ? nest->rest.at[1] : 0, third = nest->rest.len > 2 ? nest->rest.at[2] : 0;
    if (nest->rest.at[0] != '<') {
        take_text(nest);
    } else if (ascii_is_alpha(second)) {
        take_tag(nest, false);
    } else if (second == '/' && ascii_is_alpha(third)) {
        take_tag(nest, true);
    } else if (second == '!' || second == '?' || (second == '/' && nest->rest.len > 2)) {
        pass_comment(nest);
    } else {
        if (in_cell(nest))
            buf_add_literal(nest->out, "&lt;");
        nest->rest = str_after(nest->rest, 1);
    }
}

enum status sanitise_nest(struct buf *out, struct str source, bool *ret_is_cut)
{
    struct nest nest = {.out = out, .rest = source};
    while (nest.rest.len > 0)
        take_some(&nest);
    close_to(&nest, 0);
    *ret_is_cut = nest.is_cut;
    return buf_status(out);
}
