/* htmlgen turns every NAME.html of the folders given into typed C, and web/icons.svg into the sprite's symbols
 * (see README.md). Usage: htmlgen OUT ICONS FOLDER... */
#include "htmlgen.h"

#include <stdio.h>

enum { ICONS_MAX = 1000, TEMPLATES_MAX = 2000 };

struct html_template *htmlgen_template(struct html_house *house, struct str stem)
{
    for (size_t i = 0; i < house->templates.count; i++)
        if (str_eq(house->templates.at[i].stem, stem))
            return &house->templates.at[i];
    return NULL;
}

/* "src/service/x/y.html" is included as "service/x/y_html.h"; "web/layout.html" as "web/layout_html.h". */
static struct str include_of(struct arena *arena, struct str path)
{
    if (str_starts(path, STR("src/")))
        path = str_after(path, strlen("src/"));
    return str_format(arena, "%.*s_html", (int)(path.len - strlen(".html")), path.at);
}

static void read_templates(struct html_house *house, const char *folder)
{
    struct source_list found = {0};
    source_find(house->arena, folder, ".html", &found);
    for (size_t i = 0; i < found.count; i++) {
        struct str stem = source_stem(found.at[i]);
        if (htmlgen_template(house, stem))
            source_fail(found.at[i].at, 0, "another template has this name");
        struct html_template *template = list_add(&house->templates, house->arena, TEMPLATES_MAX);
        REQUIRE(template != NULL);
        *template = (struct html_template){
            .path = found.at[i].at, .stem = stem, .include = include_of(house->arena, found.at[i])};
        htmlgen_read(house->arena, template);
    }
}

static void add_icon(struct html_house *house, struct buf *out, struct str symbol, const char *path)
{
    static const char opening[] = "<symbol id=\"i-";
    struct str name = str_after(symbol, strlen(opening));
    if (!str_starts(symbol, str_of(opening)))
        source_fail(path, 0, "a symbol starts %s", opening);
    name = str_slice(name, 0, str_find_byte(name, '"'));
    struct str *icon = list_add(&house->icons, house->arena, ICONS_MAX);
    REQUIRE(icon != NULL);
    *icon = name;
    buf_add_format(out, "    {\"%.*s\", STR_INIT(\"", STR_ARG(name));
    source_add_c_text(out, symbol);
    buf_add_literal(out, "\")},\n");
}

static void write_icons(struct html_house *house, const char *path, const char *folder)
{
    static const char closing[] = "</symbol>";
    struct buf out BUF_SCOPE = BUF_INIT(SOURCE_MAX);
    struct str rest = source_read(house->arena, path);
    buf_add_literal(&out, "/* Made by htmlgen. */\n#include \"icons.h\"\n\nstruct icon {\n    const char *name;\n"
                          "    struct str symbol;\n};\nstatic const struct icon icons[] = {\n");
    for (size_t at; (at = str_find(rest, STR("<symbol"))) != SIZE_MAX;) {
        size_t end = str_find(rest, str_of(closing));
        if (end == SIZE_MAX)
            source_fail(path, 0, "a symbol is never closed");
        end += strlen(closing);
        add_icon(house, &out, str_slice(rest, at, end), path);
        rest = str_after(rest, end);
    }
    buf_add_literal(&out, "};\n\nbool html_has_icon(const char *name)\n{\n"
                          "    for (size_t i = 0; i < sizeof icons / sizeof icons[0]; i++)\n"
                          "        if (strcmp(icons[i].name, name) == 0)\n            return true;\n"
                          "    return false;\n}\n\nvoid html_sprite(struct html *html)\n{\n"
                          "    html_literal(html, STR(\"<svg class=\\\"defs\\\" aria-hidden=\\\"true\\\">\"));\n"
                          "    for (size_t i = 0; i < sizeof icons / sizeof icons[0]; i++)\n"
                          "        for (size_t used = 0; used < html->icon_count; used++)\n"
                          "            if (strcmp(icons[i].name, html->icons[used]) == 0)\n"
                          "                html_literal(html, icons[i].symbol);\n"
                          "    html_literal(html, STR(\"</svg>\"));\n}\n");
    source_write(str_format(house->arena, "%s/icons.c", folder).at, buf_str(&out));
    source_write(str_format(house->arena, "%s/icons.h", folder).at,
                 STR("/* Made by htmlgen: the symbols of web/icons.svg. */\n#pragma once\n\n"
                     "#include \"proto/html/html.h\"\n\nbool html_has_icon(const char *name);\n\n"
                     "/* Writes the symbols used so far on this page. */\nvoid html_sprite(struct html *html);\n"));
}

int main(int count, char **words)
{
    struct arena *arena ARENA_SCOPE = arena_create(SOURCE_ARENA_MAX);
    struct html_house house = {.arena = arena};
    if (count < 4) {
        fprintf(stderr, "usage: htmlgen OUT ICONS FOLDER...\n");
        return 1;
    }
    write_icons(&house, words[2], words[1]);
    for (int i = 3; i < count; i++)
        read_templates(&house, words[i]);
    for (size_t i = 0; i < house.templates.count; i++)
        htmlgen_write(&house, &house.templates.at[i], words[1]);
    return 0;
}
