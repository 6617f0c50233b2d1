#include "proto/html/sanitise.h"

#include <gumbo.h>
#include <stdlib.h>

#include "proto/html/sanitise_nest.h"
#include "proto/html/sanitise_table.h"

enum { ADDRESS_MAX = 64 << 10, STYLE_MAX = 8 << 10, TEXT_ROOM = 4 << 10, NEST_MAX = 6 * SANITISE_SOURCE_MAX };

struct open {
    const GumboNode *node;
    unsigned at; /* its next child */
    bool is_kept;
};

struct walk {
    const struct sanitise_options *options;
    struct html *out;
    struct sanitise_result result;
    struct open open[SANITISE_DEPTH_MAX];
    size_t depth, nodes;
    struct buf link_text; /* of the link being written, and its host */
    struct str link_host;
    struct buf link_address;
    bool has_link, is_dressed; /* in the link stands more than plain words: some may be there and not be seen */
};

static void literal(struct walk *walk, const char *text)
{
    html_literal(walk->out, str_of(text));
}

static void attribute(struct walk *walk, const char *name, struct str value)
{
    literal(walk, " ");
    literal(walk, name);
    literal(walk, "=\"");
    html_attribute(walk->out, value);
    literal(walk, "\"");
}

static struct str value_of(const GumboElement *element, const char *name)
{
    const GumboAttribute *found = gumbo_get_attribute(&element->attributes, name);
    return found != NULL ? str_of(found->value) : STR_NONE;
}

static struct str name_of(const GumboElement *element)
{
    if (element->tag != GUMBO_TAG_UNKNOWN)
        return str_of(gumbo_normalized_tagname(element->tag));
    return STR("unknown");
}

/* ---- attributes ---- */

static void write_plain(struct walk *walk, const GumboElement *element)
{
    for (unsigned i = 0; i < element->attributes.length; i++) {
        const GumboAttribute *each = element->attributes.data[i];
        struct str name = str_of(each->name);
        if (each->attr_namespace != GUMBO_ATTR_NAMESPACE_NONE || !sanitise_attribute(name))
            continue;
        attribute(walk, each->name, str_of(each->value)); /* the name is one of the table's */
    }
    struct buf style BUF_SCOPE = BUF_INIT(STYLE_MAX);
    sanitise_style(&style, value_of(element, "style"));
    if (style.len > 0 && buf_status(&style) == OK)
        attribute(walk, "style", buf_str(&style));
}

static void write_link(struct walk *walk, const GumboElement *element)
{
    buf_clear(&walk->link_address);
    buf_clear(&walk->link_text);
    enum sanitise_address kind = sanitise_address(value_of(element, "href"), &walk->link_address);
    walk->is_dressed = false;
    walk->has_link = kind == SANITISE_REMOTE || kind == SANITISE_LINK;
    walk->link_host = kind == SANITISE_REMOTE ? sanitise_host(buf_str(&walk->link_address)) : STR("");
    if (!walk->has_link)
        return;
    attribute(walk, "href", buf_str(&walk->link_address));
    literal(walk, " rel=\"noopener noreferrer nofollow\" target=\"_blank\"");
}

/* A path of this host for what lies in the message itself. */
static void write_inline(struct walk *walk, struct str id)
{
    literal(walk, " src=\"");
    html_attribute(walk->out, walk->options->inline_path);
    html_url_component(walk->out, id);
    literal(walk, "\"");
}

/* True when the picture is written; else its words stand in its place. */
static bool write_source(struct walk *walk, const GumboElement *element)
{
    struct buf clean BUF_SCOPE = BUF_INIT(SANITISE_SOURCE_MAX);
    enum sanitise_address kind = sanitise_address(value_of(element, "src"), &clean);
    if (kind == SANITISE_NO_ADDRESS || kind == SANITISE_LINK)
        return false;
    if (kind == SANITISE_REMOTE && !walk->options->shows_images) {
        walk->result.images_held++;
        return false;
    }
    literal(walk, "<img");
    if (kind == SANITISE_INLINE)
        write_inline(walk, str_after(buf_str(&clean), strlen("cid:")));
    else
        attribute(walk, "src", buf_str(&clean));
    if (kind == SANITISE_REMOTE)
        literal(walk, " referrerpolicy=\"no-referrer\"");
    return true;
}

static void write_image(struct walk *walk, const GumboElement *element)
{
    struct str words = value_of(element, "alt");
    int64_t held = walk->result.images_held;
    if (write_source(walk, element)) {
        write_plain(walk, element);
        literal(walk, ">");
        return;
    }
    if (str_is_absent(words) && walk->result.images_held == held)
        return;
    literal(walk, "<span class=\"im\">");
    if (walk->result.images_held > held)
        html_text(walk->out, walk->options->held_words);
    if (!str_is_absent(words) && words.len > 0) {
        literal(walk, walk->result.images_held > held ? " : " : "");
        html_text(walk->out, words);
    }
    literal(walk, "</span>");
}

/* ---- elements ---- */

static void push(struct walk *walk, const GumboNode *node, bool is_kept)
{
    walk->open[walk->depth++] = (struct open){.node = node, .is_kept = is_kept};
}

/* In a link, anything but bold and its like may hide words from whoever reads, and not from us. */
static void note_dress(struct walk *walk, const GumboElement *element)
{
    static const GumboTag plain[] = {GUMBO_TAG_B,    GUMBO_TAG_I, GUMBO_TAG_STRONG, GUMBO_TAG_EM,
                                     GUMBO_TAG_SPAN, GUMBO_TAG_U, GUMBO_TAG_CODE,   GUMBO_TAG_TT};
    bool is_plain = str_is_absent(value_of(element, "style"));
    for (size_t i = 0; is_plain && i < sizeof plain / sizeof plain[0]; i++)
        if (element->tag == plain[i])
            return;
    walk->is_dressed = true;
}

static void begin(struct walk *walk, const GumboNode *node)
{
    const GumboElement *element = &node->v.element;
    struct str name = name_of(element);
    enum sanitise_element kind = sanitise_element(name);
    bool is_foreign = element->tag_namespace != GUMBO_NAMESPACE_HTML;
    if (walk->has_link)
        note_dress(walk, element);
    if (kind == SANITISE_DROPPED || is_foreign)
        return;
    bool is_deep = walk->depth == SANITISE_DEPTH_MAX;
    walk->result.is_cut |= is_deep;
    if (is_deep)
        return;
    if (element->tag == GUMBO_TAG_IMG) {
        write_image(walk, element);
        return;
    }
    if (kind == SANITISE_KEPT || kind == SANITISE_VOID) {
        literal(walk, "<");
        html_literal(walk->out, name);
        write_plain(walk, element);
        if (element->tag == GUMBO_TAG_A)
            write_link(walk, element);
        literal(walk, ">");
    }
    if (kind != SANITISE_VOID)
        push(walk, node, kind == SANITISE_KEPT);
}

/* Do the words begin with this very host, as an address that is shown does? A host within another's name does not
 * count, nor words in letters that only look like others. */
static bool says_host(struct str words, struct str host)
{
    static const struct str starts[] = {STR_INIT("https://"), STR_INIT("http://")};
    struct str address = str_trim(words);
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++)
        if (str_starts_nocase(address, starts[i]))
            address = str_after(address, starts[i].len);
    for (size_t i = 0; i < host.len; i++)
        if ((unsigned char)host.at[i] >= 0x80)
            return false;
    return str_starts_nocase(address, host) &&
           (address.len == host.len || strchr("/?#:", address.at[host.len]) != NULL);
}

/* The real host behind a link whose words do not say it. */
static void end_link(struct walk *walk)
{
    struct str words = buf_str(&walk->link_text), host = walk->link_host;
    if (walk->has_link && host.len > 0 && (walk->is_dressed || !says_host(words, host))) {
        literal(walk, "</a> <span class=\"host\">[");
        html_name(walk->out, host);
        literal(walk, "]</span>");
    } else {
        literal(walk, "</a>");
    }
    walk->has_link = false;
    walk->link_host = STR("");
}

static void end(struct walk *walk)
{
    const struct open *last = &walk->open[--walk->depth];
    const GumboElement *element = &last->node->v.element;
    if (!last->is_kept)
        return;
    if (element->tag == GUMBO_TAG_A) {
        end_link(walk);
        return;
    }
    literal(walk, "</");
    html_literal(walk->out, name_of(element));
    literal(walk, ">");
}

static void write_text(struct walk *walk, const char *text)
{
    html_text(walk->out, str_of(text));
    if (walk->has_link && walk->link_text.len < TEXT_ROOM)
        buf_add(&walk->link_text, str_of(text));
}

static void visit(struct walk *walk, const GumboNode *node)
{
    switch (node->type) {
    case GUMBO_NODE_ELEMENT: begin(walk, node); break;
    case GUMBO_NODE_TEXT: case GUMBO_NODE_WHITESPACE: case GUMBO_NODE_CDATA: write_text(walk, node->v.text.text); break;
    default: break; /* comments, templates */
    }
}

/* Without recursion: depth is counted, not spent. */
static void walk_tree(struct walk *walk, const GumboNode *root)
{
    push(walk, root, false);
    while (walk->depth > 0) {
        struct open *open = &walk->open[walk->depth - 1];
        const GumboVector *children = &open->node->v.element.children;
        if (open->at == children->length) {
            end(walk);
            continue;
        }
        if (++walk->nodes > SANITISE_NODES_MAX) {
            walk->result.is_cut = true;
            open->at = children->length;
            continue;
        }
        visit(walk, children->data[open->at++]);
    }
}

enum status sanitise(struct str source, const struct sanitise_options *options, struct html *out,
                     struct sanitise_result *ret_result)
{
    struct buf nest BUF_SCOPE = BUF_INIT(NEST_MAX);
    GumboOptions parse = kGumboDefaultOptions;
    bool is_cut;
    struct walk *walk = calloc(1, sizeof *walk);
    REQUIRE(walk != NULL);
    if (source.len > SANITISE_SOURCE_MAX) {
        free(walk);
        return LIMIT;
    }
    enum status nested = sanitise_nest(&nest, source, &is_cut);
    if (nested != OK) {
        free(walk);
        return nested;
    }
    *walk = (struct walk){.options = options, .out = out, .link_text = BUF_INIT(2 * SANITISE_SOURCE_MAX),
                          .link_address = BUF_INIT(ADDRESS_MAX), .link_host = STR("")};
    parse.max_errors = 0;
    GumboOutput *tree = gumbo_parse_with_options(&parse, nest.len > 0 ? nest.at : "", nest.len);
    walk_tree(walk, tree->root);
    gumbo_destroy_output(&parse, tree);
    walk->result.is_cut |= is_cut;
    *ret_result = walk->result;
    buf_finish(&walk->link_text);
    buf_finish(&walk->link_address);
    free(walk);
    return buf_status(out->out);
}
