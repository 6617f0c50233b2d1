#include "htmlgen.h"

static const struct {
    const char *word;
    enum html_kind kind;
} kinds[] = {
    {"@str", HTML_STR},   {"@name", HTML_NAME}, {"@url", HTML_URL},   {"@link", HTML_LINK}, {"@int", HTML_INT},
    {"@bool", HTML_BOOL}, {"@html", HTML_HTML}, {"@icon", HTML_ICON}, {"@each", HTML_EACH}, {"@part", HTML_VIEW},
    {"@lines", HTML_LINES},
};

struct reading {
    struct arena *arena;
    struct html_template *template;
    struct str rest;
    int line; /* of the text line last taken */
    struct html_group *open[HTML_DEPTH_MAX];
    int depth;
};

struct str htmlgen_plural(struct arena *arena, struct str name)
{
    if (name.len > 1 && name.at[name.len - 1] == 'y')
        return str_format(arena, "%.*sies", (int)name.len - 1, name.at);
    bool hisses = str_ends(name, STR("s")) || str_ends(name, STR("x")) || str_ends(name, STR("ch"));
    return str_format(arena, "%.*s%s", STR_ARG(name), hisses ? "es" : "s");
}

struct html_field *htmlgen_field(struct html_group *group, struct str name)
{
    for (size_t i = 0; i < group->fields.count; i++)
        if (str_eq(group->fields.at[i].name, name))
            return &group->fields.at[i];
    return NULL;
}

static struct str next_line(struct reading *in)
{
    in->line++;
    return str_cut(&in->rest, '\n');
}

static enum html_kind kind_of(struct reading *in, struct str word)
{
    for (size_t i = 0; i < sizeof kinds / sizeof kinds[0]; i++)
        if (str_eq(word, str_of(kinds[i].word)))
            return kinds[i].kind;
    source_fail(in->template->path, in->line, "%.*s declares nothing", STR_ARG(word));
}

static void open_group(struct reading *in, struct html_field *field)
{
    struct html_group *outer = in->open[in->depth];
    if (in->depth + 1 == HTML_DEPTH_MAX)
        source_fail(in->template->path, in->line, "more than %d levels", HTML_DEPTH_MAX);
    field->group = arena_new(in->arena, struct html_group);
    field->group->type = str_format(in->arena, "%.*s_%.*s",
                                    (int)(outer->type.len - (in->depth == 0 ? strlen("_view") : 0)), outer->type.at,
                                    STR_ARG(field->name));
    in->open[++in->depth] = field->group;
}

static void declare(struct reading *in, struct str line)
{
    struct html_group *group = in->open[in->depth];
    struct str word = str_cut(&line, ' ');
    enum html_kind kind = kind_of(in, word);
    struct str name = str_is_absent(line) ? STR("") : str_cut(&line, ' ');
    if (!source_is_name(name) || str_eq(name, STR("html")) || str_eq(name, STR("view")))
        source_fail(in->template->path, in->line, "\"%.*s\" is no name", STR_ARG(name));
    if (htmlgen_field(group, name))
        source_fail(in->template->path, in->line, "%.*s is there already", STR_ARG(name));
    struct html_field *field = list_add(&group->fields, in->arena, HTML_FIELDS_MAX);
    if (field == NULL)
        source_fail(in->template->path, in->line, "more than %d fields", HTML_FIELDS_MAX);
    *field = (struct html_field){.kind = kind, .name = name, .line = in->line};
    if (!str_is_absent(line))
        field->of = str_trim(line);
    if (kind == HTML_VIEW && !source_is_name(field->of))
        source_fail(in->template->path, in->line, "@part NAME TEMPLATE");
    if (kind == HTML_EACH && str_is_absent(field->of))
        open_group(in, field);
}

static void read_view(struct reading *in)
{
    struct str line = str_trim(next_line(in));
    struct str expected = str_format(in->arena, "@view %.*s", STR_ARG(in->template->stem));
    if (!str_eq(line, expected))
        source_fail(in->template->path, in->line, "starts with \"%s\"", expected.at);
    in->template->view.type = str_format(in->arena, "%.*s_view", STR_ARG(in->template->stem));
    in->open[0] = &in->template->view;
}

void htmlgen_read(struct arena *arena, struct html_template *template)
{
    struct reading in = {.arena = arena, .template = template, .rest = source_read(arena, template->path)};
    read_view(&in);
    while (!str_is_absent(in.rest)) {
        struct str line = str_trim(next_line(&in));
        if (str_eq(line, STR("---"))) {
            if (in.depth > 0)
                source_fail(template->path, in.line, "@end is missing");
            template->body = in.rest;
            template->body_line = in.line + 1;
            return;
        }
        size_t comment = str_find(line, STR("  "));
        line = comment == SIZE_MAX ? line : str_slice(line, 0, comment);
        if (!str_eq(line, STR("@end")))
            declare(&in, line);
        else if (in.depth-- == 0)
            source_fail(template->path, in.line, "@end of nothing");
    }
    source_fail(template->path, in.line, "the line --- is missing");
}
