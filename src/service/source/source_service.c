#include "service/source/source_service.h"

#include "core/member_verb.h"
#include "service/source/lang.h"
#include "service/source/source_export.h"
#include "service/source/source_import.h"
#include "service/source/source_verb.h"

static const struct web_route routes[] = {
    {WEB_GET, "/sources", PERMISSION_NONE, true, source_list_show},
    {WEB_GET, "/sources/add", PERMISSION_ADMINISTER, false, source_add_show},
    {WEB_POST, "/sources", PERMISSION_ADMINISTER, false, source_add_act},
    {WEB_GET, "/sources/reading/{reading}", PERMISSION_ADMINISTER, false, source_reading_show},
    {WEB_GET, "/sources/{source}", PERMISSION_NONE, true, source_show},
    {WEB_POST, "/sources/{source}/withdraw", PERMISSION_ADMINISTER, false, source_withdraw_act},
};

static const struct verb verbs[] = {
    {"source import",
     "NAME COLLECTION FILE",
     T_source_verb_import,
     {{VERB_PARENT, member_verb_of_name},
      [SOURCE_IMPORT_OPEN] = {VERB_COMMAND, source_import_open},
      [SOURCE_IMPORT_UNPACK] = {VERB_UNPACK, NULL},
      [SOURCE_IMPORT_READ] = {VERB_COMMAND, source_import_read},
      [SOURCE_IMPORT_TAKE] = {VERB_TOWN, source_import_take},
      [SOURCE_IMPORT_SWEEP] = {VERB_TOWN, source_import_sweep},
      [SOURCE_IMPORT_COMPARE] = {VERB_COMMAND, source_import_compare}}},
    {"source add",
     "NAME FILE --licence L [--title T] [--authors A] [--publisher P] [--date D] [--link U] [--agents] [--replace] "
     "[--open]",
     T_source_verb_add,
     {{VERB_PARENT, member_verb_of_name},
      {VERB_COMMAND, source_verb_read_file},
      {VERB_CONVERT, NULL},
      {VERB_COMMAND, source_verb_read_document},
      {VERB_TOWN, source_verb_take}}},
    {"source list", "NAME", T_source_verb_list, {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, source_verb_list}}},
    {"source remove",
     "NAME NUMBER [--opt-out]",
     T_source_verb_remove,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, source_verb_remove}}},
    {"source licences", "", T_source_verb_licences, {{VERB_COMMAND, source_verb_licences}}},
};

static const struct menu_entry menu[] = {{T_source_menu, "/sources", "quote", PERMISSION_NONE}};

static const struct export_set exports[] = {{source_exports, SOURCE_EXPORTS}};

const struct service source_service = {
    .name = "source",
    .title = T_source_menu,
    .summary = T_source_summary,
    .is_on_at_first = true,
    .owner = WEB_TOWN,
    .routes = routes,
    .route_count = sizeof routes / sizeof routes[0],
    .verbs = verbs,
    .verb_count = sizeof verbs / sizeof verbs[0],
    .exports = exports,
    .export_count = sizeof exports / sizeof exports[0],
    .menu = menu,
    .menu_count = sizeof menu / sizeof menu[0],
};
