/* htmlgen turns NAME.html into a struct and a function that writes the page (see README.md).
 *
 * htmlgen_read.c reads what a template declares, htmlgen_write.c turns its body into calls of
 * proto/html/html.h, each fitting the place it stands in. All memory is the one arena of the program. */
#ifndef TOOLS_HTMLGEN_H
#define TOOLS_HTMLGEN_H

#include "source.h"

enum { HTML_FIELDS_MAX = 200, HTML_DEPTH_MAX = 8, HTML_ARGS_MAX = 8 };

enum html_kind {
    HTML_STR,  /* struct str, escaped for where it stands */
    HTML_NAME, /* struct str somebody chose: deceptive controls are shown */
    HTML_LINES, /* struct str, names a line each */
    HTML_URL,  /* struct str, a path of this host */
    HTML_LINK, /* struct str, an http or https address elsewhere */
    HTML_INT,
    HTML_BOOL,
    HTML_HTML, /* struct html_part, as it is */
    HTML_ICON, /* const char *, an id of icons.svg, or NULL */
    HTML_EACH, /* an array; `of` names the view of its items when another template declares it */
    HTML_VIEW, /* one view of another template */
};

struct html_group;

struct html_field {
    enum html_kind kind;
    struct str name;
    struct str of;
    struct html_group *group; /* fields of an item of HTML_EACH, unless `of` */
    int line;
    bool is_used;
};
struct html_field_list LIST_OF(struct html_field);

/* The fields of one struct. */
struct html_group {
    struct str type; /* "notice_list_row", without "struct" */
    struct html_field_list fields;
};

struct html_template {
    const char *path;    /* of the template */
    struct str stem;     /* "notice_list" */
    struct str include;  /* "service/directory/notice_list_html", without suffix */
    struct html_group view;
    struct str body;
    int body_line;       /* where the body starts */
};
struct html_template_list LIST_OF(struct html_template);

/* What is found while all templates are read. */
struct html_house {
    struct arena *arena;
    struct html_template_list templates;
    struct source_list icons; /* ids without "i-" */
};

/* Fills view, body and body_line. */
void htmlgen_read(struct arena *arena, struct html_template *template);

/* The plural a field of HTML_EACH has in its struct: "rows", "entries". */
struct str htmlgen_plural(struct arena *arena, struct str name);

/* NULL when there is none. */
struct html_field *htmlgen_field(struct html_group *group, struct str name);
struct html_template *htmlgen_template(struct html_house *house, struct str stem);

/* Writes include.h and include.c under `out`. */
void htmlgen_write(struct html_house *house, struct html_template *template, const char *out);

#endif
