/* The verbs of the house itself: what makes, shows and serves a syndicate. */
#include <stdio.h>

#include "core/member_verb.h"
#include "core/setting_verb.h"
#include "os/clock.h"
#include "role/accounting_schema.h"
#include "role/accounting_verb.h"
#include "role/assistant_verb.h"
#include "role/backup_verb.h"
#include "role/disk_verb.h"
#include "role/export_verb.h"
#include "role/health_verb.h"
#include "role/house.h"
#include "role/model_verb.h"
#include "role/parent.h"
#include "role/payroll_verb.h"
#include "role/print_verb.h"
#include "role/upkeep_verb.h"
#include "role/verb.h"
#include "service/accounting/budget/budget_verb.h"
#include "service/accounting/cfu/cfu_verb.h"
#include "service/accounting/publish/subsidy.h"

static enum status tell(struct verb_call *call, enum status status, struct str sentence)
{
    fprintf(stderr, "parvis: %.*s\n", STR_ARG(sentence));
    call->is_told = true;
    return status;
}

static enum status do_init(struct ctx *ctx, struct verb_call *call)
{
    struct str refusal;
    enum status done = house_create(call->folder, ctx->now, &refusal);
    if (done != OK)
        return tell(call, done, refusal);
    for (int i = 0; i < SETTING_COUNT; i++)
        buf_add_format(call->out, "%s = %s\n", setting_name(i), setting_default(i));
    struct str hint = text_of(ctx->language, T_verb_init_tls);
    buf_add_format(call->out, "%.*s\n", STR_ARG(hint));
    return OK;
}

static enum status do_serve(struct ctx *ctx, struct verb_call *call)
{
    (void)ctx;
    call->is_told = true;
    return parent_serve(call->folder) == 0 ? OK : OUTSIDE;
}

/* After a change of a member: its town notes it at once, or when it can. */
#define NOTED {VERB_TOWN, member_verb_note}, {VERB_OTHERWISE, member_verb_note_later}, {VERB_PARENT, member_verb_noted}

#define MEMBER_TEXTS                                                                                                   \
    "[--title T] [--kind commune|epci|metropolis|department|syndicate|ccas] [--insee CODE] [--siret NUMBER] "          \
    "[--zone Europe/Paris] [--language fr|en] [--desk PLACE] [--phone NUMBER] [--hours WORDS]"

const struct verb house_verbs[] = {
    {"init", "", T_verb_init, {{VERB_COMMAND, do_init}}},
    {"serve", "", T_verb_serve, {{VERB_COMMAND, do_serve}}},
    {"town add", "NAME --domain D " MEMBER_TEXTS, T_verb_town_add, {{VERB_PARENT, member_verb_add}}},
    {"town set", "NAME " MEMBER_TEXTS " [--mail-password yes|no]", T_verb_town_set,
     {{VERB_PARENT, member_verb_set}, NOTED, {VERB_COMMAND, setting_verb_given}, {VERB_TOWN, setting_verb_town},
      {VERB_AUTH, setting_verb_auth}}},
    {"town list", "", T_verb_town_list, {{VERB_PARENT, member_verb_list}}},
    {"town show", "NAME", T_verb_town_show, {{VERB_PARENT, member_verb_show}, {VERB_TOWN, setting_verb_show}}},
    {"town domain", "NAME DOMAIN", T_verb_town_domain, {{VERB_PARENT, member_verb_add_domain}, NOTED}},
    {"town host", "NAME HOST", T_verb_town_host, {{VERB_PARENT, member_verb_add_host}, NOTED}},
    {"town verify", "NAME [--head HEX]", T_verb_town_verify,
     {{VERB_PARENT, member_verb_of_name}, {VERB_AUTH, upkeep_verify_auth}, {VERB_READER, upkeep_verify_rows},
      {VERB_READER, upkeep_verify_bodies}}},
    {"town rebuild", "NAME", T_verb_town_rebuild,
     {{VERB_PARENT, member_verb_of_name}, {VERB_TOWN, upkeep_rebuild_mail}, {VERB_TOWN, upkeep_rebuild_services}}},
    {"town export", "NAME TARGET", T_verb_town_export,
     {{VERB_COMMAND, export_prepare}, {VERB_PARENT, export_about}, {VERB_COMMAND, export_put},
      {VERB_READER, export_next}, {VERB_COMMAND, export_put}, {VERB_TOWN, export_note}}},
    {"town import", "SOURCE", T_verb_town_import,
     {{VERB_COMMAND, import_open}, {VERB_PARENT, import_member}, {VERB_COMMAND, import_next},
      {VERB_TOWN, import_piece}, {VERB_TOWN, import_end}}},
    {"backup", "TARGET", T_verb_backup,
     {{VERB_COMMAND, backup_prepare}, {VERB_PARENT, backup_parent}, {VERB_COMMAND, backup_next},
      {VERB_AUTH, backup_auth}, {VERB_TOWN, backup_hold}, {VERB_READER, backup_read}, {VERB_COMMAND, backup_copy},
      {VERB_TOWN, backup_release}}},
    {"restore", "SOURCE", T_verb_restore,
     {{VERB_COMMAND, restore_copy}, {VERB_PARENT, restore_members}, {VERB_COMMAND, restore_next},
      {VERB_AUTH, restore_auth}, {VERB_TOWN, restore_town}, {VERB_AUTH, upkeep_verify_auth},
      {VERB_READER, upkeep_verify_rows}, {VERB_READER, restore_prove}}},
    {"health", "", T_verb_health,
     {{VERB_PARENT, health_next}, {VERB_TOWN, health_town}, {VERB_OTHERWISE, health_no_answer}}},
    {"queue list", "", T_verb_queue_list,
     {{VERB_PARENT, queue_next}, {VERB_TOWN, queue_town}, {VERB_OTHERWISE, health_no_answer}}},
    {"disk-test", "[--seconds N]", T_verb_disk_test, {{VERB_COMMAND, disk_verb_measure}}},
    {"disk-test write", "[--seconds N]", T_verb_disk_write, {{VERB_COMMAND, disk_verb_write}}},
    {"disk-test check", "--last N", T_verb_disk_check, {{VERB_COMMAND, disk_verb_check}}},
    {"assistant evaluate", "FILE --corpus FOLDER [--hide-titles] [--json]", T_verb_assistant_evaluate,
     {{VERB_ALONE, assistant_evaluate}}},
    {"assistant evaluate-squad", "FILE [--json]", T_verb_assistant_evaluate_squad,
     {{VERB_ALONE, assistant_evaluate_squad}}},
    {"accounting chart", "FILE", T_verb_accounting_chart,
     {{VERB_ALONE, accounting_chart}, {VERB_COMMAND, print_go}}},
    {"accounting check", "FILE [--schemas FOLDER] [--json]", T_verb_accounting_check, {{VERB_ALONE, accounting_check}}},
    {"accounting schemas", "FOLDER", T_verb_accounting_schemas, {{VERB_ALONE, accounting_schemas}}},
    {"accounting sign", "FILE [--key FILE] [--token URI] [--module FILE] [--password-file FILE]",
     T_verb_accounting_sign,
     {{VERB_ALONE, accounting_sign}, {VERB_COMMAND, print_go}}},
    {"accounting return", "FILE", T_verb_accounting_return,
     {{VERB_ALONE, accounting_return}, {VERB_COMMAND, print_go}}},
    {"accounting totals", "FILE", T_verb_accounting_totals, {{VERB_ALONE, accounting_totals}}},
    {"accounting reconcile", "FILE", T_accounting_verb_reconcile, {{VERB_ALONE, cfu_verb_alone}}},
    {"accounting subsidies", "FILE", T_accounting_verb_subsidies,
     {{VERB_ALONE, subsidy_verb_read}, {VERB_COMMAND, budget_export_print}}},
    {"accounting compare", "FILE OTHER", T_verb_accounting_compare, {{VERB_ALONE, accounting_compare}}},
    {"payroll dsn-check", "FILE [--before OTHER] [--report ANSWER] [--json]", T_verb_payroll_dsn_check,
     {{VERB_ALONE, payroll_dsn_check}, {VERB_COMMAND, print_go}}},
    {"payroll holidays", "FROM TO", T_verb_payroll_holidays, {{VERB_ALONE, payroll_holidays}}},
    {"payroll nir", "FILE", T_verb_payroll_nir, {{VERB_ALONE, payroll_nir}, {VERB_COMMAND, print_go}}},
    {"payroll sick-leave", "FILE [--json]", T_verb_payroll_sick_leave,
     {{VERB_ALONE, payroll_sick_leave}, {VERB_COMMAND, print_go}}},
    {"payroll witness", "FILE [--json]", T_verb_payroll_witness,
     {{VERB_ALONE, payroll_witness}, {VERB_COMMAND, print_go}}},
    {"model train",
     "NAME TARGET --data FOLDER [--department CODE] [--seed N] [--steps N] [--type f32|f16|q8_0] [--threads N]",
     T_verb_model_train,
     {{VERB_ALONE, model_train_begin}, {VERB_COMMAND, model_train_go}, {VERB_COMMAND, model_train_measure},
      {VERB_COMMAND, model_train_end}}},
    {"model evaluate", "MODEL [--data FOLDER] [--json] [--deck FILE] [--threads N]", T_verb_model_evaluate,
     {{VERB_ALONE, model_evaluate_begin}, {VERB_COMMAND, model_evaluate_go}, {VERB_COMMAND, model_evaluate_end}}},
    {"model export", "MODEL TARGET [--type f32|f16|q8_0]", T_verb_model_export, {{VERB_ALONE, model_export}}},
    {"model say", "MODEL TEXT", T_verb_model_say, {{VERB_ALONE, model_say}}},
    {"model survey", "MODEL TARGET [--data FOLDER]", T_verb_model_survey, {{VERB_ALONE, model_survey}}},
    {"model wordings", "MODEL TARGET [--data FOLDER] [--seed N] [--count N]", T_verb_model_wordings,
     {{VERB_ALONE, model_wordings_begin}, {VERB_COMMAND, model_wordings_go}, {VERB_COMMAND, model_wordings_end}}},
    {"model nowhere", "MODEL TARGET [--seed N] [--count N]", T_verb_model_nowhere,
     {{VERB_ALONE, model_nowhere_begin}, {VERB_COMMAND, model_nowhere_go}, {VERB_COMMAND, model_nowhere_end}}},
    {"model feed", "TARGET [--training NAME] [--steps N] [--threads N]", T_verb_model_feed,
     {{VERB_ALONE, model_feed_begin}, {VERB_COMMAND, model_feed_go}, {VERB_COMMAND, model_feed_end}}},
    {"model table", "TARGET --data FOLDER", T_verb_model_table, {{VERB_ALONE, model_table}}},
    {"service list", "NAME", T_verb_service_list, {{VERB_PARENT, member_verb_services}}},
    {"service on", "NAME SERVICE", T_verb_service_on, {{VERB_PARENT, member_verb_service_on}, NOTED}},
    {"service off", "NAME SERVICE", T_verb_service_off, {{VERB_PARENT, member_verb_service_off}, NOTED}},
};
const size_t house_verb_count = sizeof house_verbs / sizeof house_verbs[0];
