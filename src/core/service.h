/* A service is what a town opts into: one descriptor from which menus, help, permissions, routes, verbs,
 * jobs and migrations are printed.
 *
 * src/service/all.c lists them, one line each. Opting out hides a service and keeps its data. */
#ifndef CORE_SERVICE_H
#define CORE_SERVICE_H

#include "core/export.h"
#include "core/verb.h"
#include "core/web.h"
#include "db/migrate.h"

/* Work done between requests by the writer in steps of at most 20 ms; returns OK when there is more to do,
 * NOT_FOUND when nothing was, and it may sleep until the next interval: rows are kept with OK alone. */
typedef enum status service_step(struct ctx *ctx);
struct service_job {
    const char *name;
    int64_t interval_ms;
    service_step *step;
};

struct verb; /* core/verb.h */

struct menu_entry {
    enum text_key label;
    const char *path, *icon; /* an id of web/icons.svg */
    enum permission permission;
};

/* An act of the audit log in words. */
struct service_act {
    const char *kind; /* "accounting.vote"; NULL: none */
    enum text_key words;
};

struct service {
    const char *name; /* "mail": folder, opt-in key, first part of codes and text keys */
    enum text_key title, summary;
    bool is_always_on; /* people, account: every member has them */
    bool is_on_at_first; /* a new member is in until it opts out */
    enum web_owner owner; /* who answers its routes */
    const char *const *needs; /* NULL-terminated names of services it uses */
    const struct migration *migrations;
    size_t migration_count;
    const struct web_route *routes;
    size_t route_count;
    const struct verb *verbs;
    size_t verb_count;
    const struct service_job *jobs;
    size_t job_count;
    /* Brings what the service derives outside ctx->db (a search index) after what was committed, a step of at most 20
     * ms. Called between turns, soon after each commit. OK: there is more; NOT_FOUND: all is done. NULL: it has none.
     * */
    service_step *follow;
    const struct menu_entry *menu;
    size_t menu_count;
    /* Is there something behind that entry of its menu? NULL: behind all of them. Asked for each page, so cheap;
     * outside a town process there is no ctx->db to ask. */
    bool (*menu_has)(struct ctx *ctx, const struct menu_entry *entry);
    const struct service_act *acts; /* what it notes in the audit log, for the page that shows it */
    size_t act_count;
    /* Its tables in `town export`, in an order in which each needs only those before. */
    const struct export_set *exports;
    size_t export_count;
    /* Recreates every derived table of this service in ctx->db; NULL when it has none. */
    enum status (*rebuild)(struct ctx *ctx);
    /* Proves the service's own truth; writes one line for each finding. NULL: the generic checks do. */
    enum status (*verify)(struct ctx *ctx, struct buf *findings);
};

/* The list of src/service/all.c, NULL-terminated. */
extern const struct service *const service_all[];

/* The functions below take the list, so that tests bring their own. */

/* NULL: no service of that name. *ret_number (may be NULL): its place in the list. */
const struct service *service_find(const struct service *const *services, struct str name, size_t *ret_number);

/* Opted in, or always on. `services_on` is place->services_on. */
bool service_is_on(const struct service *const *services, const struct service *service, uint64_t services_on);

/* The same by name; false where there is no such service. */
bool service_is_on_by_name(const struct service *const *services, struct str name, uint64_t services_on);

/* What ctx->actor sees in the menu, in the order of the list. At most SERVICE_MENU_MAX. */
enum { SERVICE_MENU_MAX = 64 };
struct service_menu {
    const struct service *service;
    const struct menu_entry *entry;
};
size_t service_menu(struct ctx *ctx, const struct service *const *services, uint64_t services_on,
                    struct service_menu ret_entries[SERVICE_MENU_MAX]);

#endif
