/* A staff_view says facts, days and refusals of careers in the words of a page. */
#ifndef SERVICE_STAFF_PAGE_STAFF_VIEW_H
#define SERVICE_STAFF_PAGE_STAFF_VIEW_H

#include "core/page.h"
#include "service/staff/career/career_check.h"
#include "service/staff/career/step.h"
#include "service/staff/lang.h"

enum text_key staff_kind_name(enum career_kind kind);
enum text_key staff_status_name(enum staff_status status);
enum text_key staff_position_name(enum staff_position position);
enum text_key staff_absence_name(enum staff_absence absence);

/* "12 mars 2026" */
struct str staff_day(struct ctx *ctx, struct date day);
/* "2026-03-12", as forms have it; "" for day 0. */
struct str staff_iso(struct ctx *ctx, struct date day);
/* "du 2 au 10 mars" or "depuis le 2 mars 2026" */
struct str staff_days(struct ctx *ctx, struct date since, struct date until);
/* "17,5" */
struct str staff_hours(struct ctx *ctx, int64_t tenths);
/* "Échelon 4"; and with its days: "Échelon 4, depuis le 1 mars 2026". */
struct str staff_says(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact);
struct str staff_says_days(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact);
/* "Adjoint technique territorial" */
struct str staff_grade_name(const struct grid *grid, struct str grade);
/* Why a fact was refused, naming both. */
struct str staff_fault_words(struct ctx *ctx, const struct grid *grid, const struct career_fact *fact,
                             const struct career_fault *fault);
/* "Temps partiel à 80 %" */
struct str staff_hours_words(struct ctx *ctx, const struct staff_span *state);
/* When the next step is due, and why; false: none is. */
bool staff_next_words(struct ctx *ctx, const struct career *career, struct date day, struct str *ret_words);
struct str staff_path(struct ctx *ctx, int64_t agent, const char *rest);

/* A day of a form: OK with days 0 where it is empty. INVALID: not a day between 1900 and 2999. */
MUST_USE enum status staff_asked_day(const struct web_request *request, const char *name, struct date *ret_day);
/* A whole number of a form; 0 where it is empty. INVALID. */
MUST_USE enum status staff_asked_number(const struct web_request *request, const char *name, int64_t *ret_number);
/* Hours as "17,5" or "17.5" in tenths; 0 where it is empty. INVALID. */
MUST_USE enum status staff_asked_hours(const struct web_request *request, const char *name, int64_t *ret_tenths);
/* The agent of a path's parameter. */
MUST_USE enum status staff_asked_agent(const struct web_request *request, size_t param, int64_t *ret_agent);

#endif
