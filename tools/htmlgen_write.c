#include <unistd.h>

#include "htmlgen.h"
#include "htmlgen_place.h"

enum { OUT_MAX = 4 << 20 };

/* A block that {end} closes. */
struct block {
    bool is_each;
    struct html_field *field; /* of an each */
    int line;
    struct html_place place; /* where it began: it must end in a like place */
};

struct writing {
    struct html_house *house;
    struct html_template *template;
    struct buf *code;
    struct buf *literal; /* bytes not yet written as a call */
    struct html_place place;
    struct block blocks[HTML_DEPTH_MAX * 4];
    int depth;
    int line;
    bool is_layout;
    struct source_list uses; /* stems of templates it needs */
    struct source_list services; /* whose sentences it says */
};

/* A path of a template, found: the C expression that gives it. */
struct value {
    struct html_field *field; /* NULL: a whole item of an each */
    struct str of;            /* template of a whole item */
    struct str code;
};

_Noreturn static void refuse(struct writing *w, const char *why, struct str what)
{
    source_fail(w->template->path, w->line, "%s: %.*s", why, STR_ARG(what));
}

/* Every call says which line of the template it comes from, so the compiler's errors point there. */
static void begin_call(struct writing *w)
{
    if (w->literal->len > 0) {
        buf_add_literal(w->code, "    html_literal(html, STR(\"");
        source_add_c_text(w->code, buf_str(w->literal));
        buf_add_literal(w->code, "\"));\n");
        buf_clear(w->literal);
    }
    buf_add_format(w->code, "#line %d \"%s\"\n", w->line, w->template->path);
}

static struct html_field *loop_of(struct writing *w, struct str name)
{
    for (int i = w->depth - 1; i >= 0; i--)
        if (w->blocks[i].is_each && str_eq(w->blocks[i].field->name, name))
            return w->blocks[i].field;
    return NULL;
}

static void need_template(struct writing *w, struct str stem)
{
    if (htmlgen_template(w->house, stem) == NULL)
        refuse(w, "no template by that name", stem);
    for (size_t i = 0; i < w->uses.count; i++)
        if (str_eq(w->uses.at[i], stem))
            return;
    struct str *use = list_add(&w->uses, w->house->arena, HTML_FIELDS_MAX);
    REQUIRE(use != NULL);
    *use = stem;
}

static struct value find(struct writing *w, struct str path)
{
    struct str rest = path, first = str_cut(&rest, '.');
    struct html_field *loop = loop_of(w, first), *field;
    if (loop && str_is_absent(rest))
        return (struct value){NULL, loop->of, str_format(w->house->arena, "%.*s", STR_ARG(first))};
    if (loop && loop->group)
        field = htmlgen_field(loop->group, rest);
    else
        field = str_is_absent(rest) ? htmlgen_field(&w->template->view, first) : NULL;
    if (field == NULL)
        refuse(w, "not declared", path);
    field->is_used = true;
    struct str last = field->kind == HTML_EACH ? htmlgen_plural(w->house->arena, field->name) : field->name;
    return (struct value){field, field->of,
                          str_format(w->house->arena, "%.*s->%.*s", STR_ARG(loop ? first : STR("view")),
                                     STR_ARG(last))};
}

/* ---- one value, for where it stands ---- */

static const char *call_in_url(struct writing *w, const struct html_field *field)
{
    bool is_start = w->place.value_length == 0;
    if (field->kind == HTML_URL && is_start)
        return "html_url(html, %.*s);\n";
    if (field->kind == HTML_LINK && is_start)
        return "html_link(html, %.*s);\n";
    if (field->kind == HTML_URL || field->kind == HTML_LINK || is_start)
        refuse(w, "an address starts with a @url or @link, and has it nowhere else", field->name);
    w->place.value_length++;
    return field->kind == HTML_INT ? "html_number(html, %.*s);\n" : "html_url_component(html, %.*s);\n";
}

static const char *call_in_attribute(struct writing *w, const struct html_field *field)
{
    if (field->kind == HTML_HTML || field->kind == HTML_ICON || field->kind == HTML_LINES)
        refuse(w, "markup within an attribute", field->name);
    if (html_place_is_url(&w->place))
        return call_in_url(w, field);
    return field->kind == HTML_INT ? "html_number(html, %.*s);\n" : "html_attribute(html, %.*s);\n";
}

static const char *call_in_text(const struct html_field *field)
{
    switch (field->kind) {
    case HTML_NAME:
        return "html_name(html, %.*s);\n";
    case HTML_LINES:
        return "html_lines(html, %.*s);\n";
    case HTML_INT:
        return "translate_html_number(html, %.*s);\n";
    case HTML_HTML:
        return "html_literal(html, %.*s.bytes);\n";
    case HTML_ICON:
        return "html_icon(html, %.*s);\n";
    default:
        return "html_text(html, %.*s);\n";
    }
}

static void write_value(struct writing *w, struct str path)
{
    struct value value = find(w, path);
    if (value.field == NULL || value.field->kind == HTML_EACH || value.field->kind == HTML_VIEW ||
        value.field->kind == HTML_BOOL)
        refuse(w, "no value to write", path);
    if (w->place.where != PLACE_TEXT && w->place.where != PLACE_ATTRIBUTE)
        refuse(w, "a value stands in text or between double quotes", path);
    begin_call(w);
    const char *format = w->place.where == PLACE_ATTRIBUTE ? call_in_attribute(w, value.field)
                                                           : call_in_text(value.field);
    buf_add_literal(w->code, "    ");
    buf_add_format(w->code, format, STR_ARG(value.code));
}

/* ---- blocks ---- */

static void open_block(struct writing *w, struct block block)
{
    if (w->depth == (int)(sizeof w->blocks / sizeof w->blocks[0]))
        refuse(w, "too many levels", w->template->stem);
    block.line = w->line;
    block.place = w->place;
    w->blocks[w->depth++] = block;
}

static void write_if(struct writing *w, struct str path, bool is_unless)
{
    struct value value = find(w, path);
    if (value.field == NULL || value.field->kind != HTML_BOOL)
        refuse(w, "not a @bool", path);
    begin_call(w);
    buf_add_format(w->code, "    if (%s%.*s) {\n", is_unless ? "!" : "", STR_ARG(value.code));
    open_block(w, (struct block){.is_each = false});
}

static void write_each(struct writing *w, struct str path)
{
    struct value value = find(w, path);
    if (value.field == NULL || value.field->kind != HTML_EACH)
        refuse(w, "not an @each", path);
    struct html_field *field = value.field;
    if (loop_of(w, field->name))
        refuse(w, "within itself", path);
    struct str owner = str_slice(value.code, 0, str_find(value.code, STR("->")));
    struct str type = field->group ? field->group->type
                                   : str_format(w->house->arena, "%.*s_view", STR_ARG(field->of));
    int name_len = (int)field->name.len;
    const char *name = field->name.at;
    begin_call(w);
    buf_add_format(w->code, "    for (size_t i_%.*s = 0; i_%.*s < %.*s->%.*s_count; i_%.*s++) {\n", name_len, name,
                   name_len, name, STR_ARG(owner), name_len, name, name_len, name);
    buf_add_format(w->code, "    const struct %.*s *%.*s = &%.*s[i_%.*s];\n    (void)%.*s;\n", STR_ARG(type), name_len,
                   name, STR_ARG(value.code), name_len, name, name_len, name);
    open_block(w, (struct block){.is_each = true, .field = field});
}

static void write_end(struct writing *w)
{
    if (w->depth == 0)
        refuse(w, "closes nothing", STR("{end}"));
    struct block *block = &w->blocks[--w->depth];
    if (!html_place_same(&block->place, &w->place))
        refuse(w, "the block leaves a tag or an attribute open", STR("{end}"));
    begin_call(w);
    buf_add_literal(w->code, "    }\n");
}

/* ---- sentences, parts, icons, assets ---- */

static void add_argument(struct writing *w, struct str argument)
{
    struct str path = argument, name = str_cut(&path, '=');
    if (!source_is_name(name) || str_is_absent(path))
        refuse(w, "an argument is written name=field", argument);
    struct value value = find(w, path);
    bool is_number = value.field && value.field->kind == HTML_INT;
    bool is_text = value.field && (value.field->kind == HTML_STR || value.field->kind == HTML_NAME);
    if (!is_number && !is_text)
        refuse(w, "an argument is a @str, a @name or an @int", argument);
    buf_add_format(w->code, "%s(\"%.*s\", %.*s), ", is_number ? "NUMBER_ARG" : "TEXT_ARG", STR_ARG(name),
                   STR_ARG(value.code));
}

/* A key begins with its service, where it is one's (langgen). */
static void need_service(struct writing *w, struct str key)
{
    struct str name = str_cut(&key, '.');
    for (size_t i = 0; i < w->services.count; i++)
        if (str_eq(w->services.at[i], name))
            return;
    if (access(str_format(w->house->arena, "src/service/%.*s/lang", STR_ARG(name)).at, F_OK) != 0)
        return;
    struct str *service = list_add(&w->services, w->house->arena, SOURCE_FILES_MAX);
    REQUIRE(service != NULL);
    *service = name;
}

static void write_sentence(struct writing *w, struct str rest)
{
    struct str key = str_cut(&rest, ' ');
    int count = 0;
    need_service(w, key);
    if (w->place.where != PLACE_TEXT && w->place.where != PLACE_ATTRIBUTE)
        refuse(w, "a sentence stands in text or between double quotes", key);
    begin_call(w);
    buf_add_literal(w->code, "    translate_html(html, T_");
    for (size_t i = 0; i < key.len; i++)
        buf_add_byte(w->code, key.at[i] == '.' ? '_' : key.at[i]);
    buf_add_literal(w->code, ", (const struct text_arg[]){");
    for (; !str_is_absent(rest); count++)
        add_argument(w, str_cut(&rest, ' '));
    buf_add_format(w->code, "{0}}, %d, %s);\n", count, w->place.where == PLACE_ATTRIBUTE ? "true" : "false");
}

static void write_use(struct writing *w, struct str rest)
{
    struct str stem = str_cut(&rest, ' ');
    struct value value = find(w, str_is_absent(rest) ? STR("") : rest);
    if (!str_eq(value.of, stem) || (value.field && value.field->kind != HTML_VIEW))
        refuse(w, "not a value of that template", rest);
    need_template(w, stem);
    begin_call(w);
    buf_add_format(w->code, "    %.*s_html(html, %s%.*s);\n", STR_ARG(stem), value.field ? "&" : "",
                   STR_ARG(value.code));
}

static void write_icon(struct writing *w, struct str name)
{
    for (size_t i = 0; i < w->house->icons.count; i++)
        if (str_eq(w->house->icons.at[i], name)) {
            begin_call(w);
            buf_add_format(w->code, "    html_icon(html, \"%.*s\");\n", STR_ARG(name));
            return;
        }
    refuse(w, "not in icons.svg", name);
}

static void write_asset(struct writing *w, struct str name)
{
    begin_call(w);
    buf_add_literal(w->code, "    html_literal(html, STR(ASSET_");
    for (size_t i = 0; i < name.len; i++)
        buf_add_byte(w->code, name.at[i] == '.' || name.at[i] == '-' ? '_' : name.at[i]);
    buf_add_literal(w->code, "));\n");
}

static void write_page(struct writing *w)
{
    w->is_layout = true;
    begin_call(w);
    buf_add_literal(w->code, "    html_literal(html, page.bytes);\n");
}

static void write_sprite(struct writing *w)
{
    begin_call(w);
    buf_add_literal(w->code, "    html_sprite(html);\n");
}

static void write_tag(struct writing *w, struct str tag)
{
    struct str rest = tag, word = str_cut(&rest, ' ');
    if (str_is_absent(rest)) {
        if (str_eq(word, STR("end")))
            write_end(w);
        else if (str_eq(word, STR("page")))
            write_page(w);
        else if (str_eq(word, STR("sprite")))
            write_sprite(w);
        else
            write_value(w, word);
    } else if (str_eq(word, STR("if")) || str_eq(word, STR("unless"))) {
        write_if(w, rest, word.len == strlen("unless"));
    } else if (str_eq(word, STR("each"))) {
        write_each(w, rest);
    } else if (str_eq(word, STR("t"))) {
        write_sentence(w, rest);
    } else if (str_eq(word, STR("use"))) {
        write_use(w, rest);
    } else if (str_eq(word, STR("icon"))) {
        write_icon(w, rest);
    } else if (str_eq(word, STR("asset"))) {
        write_asset(w, rest);
    } else {
        refuse(w, "unknown", tag);
    }
}

static void write_body(struct writing *w)
{
    struct str rest = str_trim(w->template->body);
    w->line = w->template->body_line;
    while (rest.len > 0) {
        if (rest.at[0] == '{' && !str_starts(rest, STR("{{"))) {
            size_t close = str_find_byte(rest, '}');
            if (close == SIZE_MAX)
                refuse(w, "never closed", str_slice(rest, 0, 40));
            write_tag(w, str_slice(rest, 1, close));
            rest = str_after(rest, close + 1);
            continue;
        }
        buf_add_byte(w->literal, rest.at[0]);
        html_place_step(&w->place, rest.at);
        if (w->place.problem)
            refuse(w, w->place.problem, str_slice(rest, 0, 1));
        w->line += rest.at[0] == '\n';
        rest = str_after(rest, rest.at[0] == '{' ? 2 : 1);
    }
    if (w->depth > 0)
        source_fail(w->template->path, w->blocks[w->depth - 1].line, "{end} is missing");
    if (w->place.where != PLACE_TEXT)
        refuse(w, "ends within a tag", w->template->stem);
    begin_call(w);
}

/* ---- the header ---- */

static void check_used(struct writing *w, const struct html_group *group)
{
    for (size_t i = 0; i < group->fields.count; i++) {
        const struct html_field *field = &group->fields.at[i];
        if (!field->is_used)
            source_fail(w->template->path, field->line, "%.*s is declared and not used", STR_ARG(field->name));
        if (field->group)
            check_used(w, field->group);
    }
}

static void add_member(struct html_house *house, struct buf *out, const struct html_field *field)
{
    static const char *const types[] = {
        [HTML_STR] = "struct str ", [HTML_NAME] = "struct str ",       [HTML_URL] = "struct str ",
        [HTML_LINK] = "struct str ", [HTML_LINES] = "struct str ",
        [HTML_INT] = "int64_t ",    [HTML_BOOL] = "bool ",             [HTML_HTML] = "struct html_part ",
        [HTML_ICON] = "const char *",
    };
    if (field->kind == HTML_VIEW) {
        buf_add_format(out, "    struct %.*s_view %.*s;\n", STR_ARG(field->of), STR_ARG(field->name));
    } else if (field->kind == HTML_EACH) {
        struct str plural = htmlgen_plural(house->arena, field->name);
        struct str type = field->group ? field->group->type : str_format(house->arena, "%.*s_view", STR_ARG(field->of));
        buf_add_format(out, "    struct %.*s *%.*s;\n    size_t %.*s_count;\n", STR_ARG(type), STR_ARG(plural),
                       STR_ARG(field->name));
    } else {
        buf_add_format(out, "    %s%.*s;\n", types[field->kind], STR_ARG(field->name));
    }
}

static void add_struct(struct html_house *house, struct buf *out, const struct html_group *group)
{
    for (size_t i = 0; i < group->fields.count; i++)
        if (group->fields.at[i].group)
            add_struct(house, out, group->fields.at[i].group);
    buf_add_format(out, "struct %.*s {\n", STR_ARG(group->type));
    for (size_t i = 0; i < group->fields.count; i++)
        add_member(house, out, &group->fields.at[i]);
    if (group->fields.count == 0)
        buf_add_literal(out, "    char nothing;\n");
    buf_add_literal(out, "};\n\n");
}

static void add_signature(struct writing *w, struct buf *out)
{
    buf_add_format(out, "void %.*s_html(struct html *html, const struct %.*s *view%s)", STR_ARG(w->template->stem),
                   STR_ARG(w->template->view.type), w->is_layout ? ", struct html_part page" : "");
}

/* An @each or @part of another template is used by {use}; its type is needed even in the header. */
static void need_types(struct writing *w, const struct html_group *group)
{
    for (size_t i = 0; i < group->fields.count; i++)
        if (group->fields.at[i].group)
            need_types(w, group->fields.at[i].group);
        else if (!str_is_absent(group->fields.at[i].of))
            need_template(w, group->fields.at[i].of);
}

static void write_header(struct writing *w, const char *folder)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    buf_add_format(&out, "/* Made by htmlgen from %s. */\n#pragma once\n\n#include \"proto/html/html.h\"\n",
                   w->template->path);
    need_types(w, &w->template->view);
    for (size_t i = 0; i < w->uses.count; i++)
        buf_add_format(&out, "#include \"%.*s.h\"\n",
                       STR_ARG(htmlgen_template(w->house, w->uses.at[i])->include));
    buf_add_byte(&out, '\n');
    add_struct(w->house, &out, &w->template->view);
    add_signature(w, &out);
    buf_add_literal(&out, ";\n");
    REQUIRE(!out.is_over);
    source_write(str_format(w->house->arena, "%s/%.*s.h", folder, STR_ARG(w->template->include)).at, buf_str(&out));
}

static void write_code(struct writing *w, const char *folder)
{
    struct buf out BUF_SCOPE = BUF_INIT(OUT_MAX);
    buf_add_format(&out,
                   "/* Made by htmlgen from %s. */\n#include \"%.*s.h\"\n\n#include \"asset.h\"\n"
                   "#include \"core/translate.h\"\n#include \"icons.h\"\n",
                   w->template->path, STR_ARG(w->template->include));
    for (size_t i = 0; i < w->services.count; i++)
        buf_add_format(&out, "#include \"service/%.*s/lang.h\"\n", STR_ARG(w->services.at[i]));
    buf_add_byte(&out, '\n');
    add_signature(w, &out);
    buf_add_literal(&out, "\n{\n    (void)view;\n");
    buf_add(&out, buf_str(w->code));
    buf_add_literal(&out, "}\n");
    REQUIRE(!out.is_over && !w->code->is_over && !w->literal->is_over);
    source_write(str_format(w->house->arena, "%s/%.*s.c", folder, STR_ARG(w->template->include)).at, buf_str(&out));
}

void htmlgen_write(struct html_house *house, struct html_template *template, const char *out)
{
    struct buf code BUF_SCOPE = BUF_INIT(OUT_MAX), literal BUF_SCOPE = BUF_INIT(OUT_MAX);
    struct writing w = {.house = house, .template = template, .code = &code, .literal = &literal};
    write_body(&w);
    check_used(&w, &template->view);
    write_header(&w, out);
    write_code(&w, out);
}
