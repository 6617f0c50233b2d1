/* A text_key names one sentence of the house; lang/NAME.po holds its words in each language.
 *
 * build/gen/lang.h is made by tools/langgen from lang: enum text_key {T_none, T_date_first, ...} with one entry for
 * each msgid ("date.first"), enum language and the tables; those of a service (src/service/X/lang) are in
 * service/X/lang.h, which whoever uses them includes. French and English are whole
 * (LANGUAGE_WHOLE): a key missing in one, or arguments that differ, stop the build. The languages behind them are
 * guests: they have the sentences of the pages that speak every language (core/web.h), elsewhere French stands. */
#ifndef CORE_TRANSLATE_H
#define CORE_TRANSLATE_H

#include "base/money.h"
#include "base/buf.h"
#include "base/dates.h"
#include "lang.h"
#include "proto/html/html.h"

/* One argument of a sentence: "{count} messages". `count` also chooses the plural form. */
struct text_arg {
    const char *name;
    struct str text; /* absent: the number is written, with French or English thousands */
    int64_t number;
};
#define TEXT_ARG(arg_name, arg_text) ((struct text_arg){.name = (arg_name), .text = (arg_text)})
#define NUMBER_ARG(arg_name, arg_number) ((struct text_arg){.name = (arg_name), .number = (arg_number)})

/* Appends the sentence as plain text. */
void translate(struct buf *out, enum language language, enum text_key key, const struct text_arg *args,
               size_t arg_count);

/* The same, kept in the arena. */
struct str text_with(struct arena *arena, enum language language, enum text_key key, const struct text_arg *args,
                     size_t arg_count);

/* The sentence without arguments; static text. */
struct str text_of(enum language language, enum text_key key);

/* What a language itself says, without a guest's French: absent where it does not speak the sentence. */
struct str text_spoken(enum language language, enum text_key key);
/* "mail.list.title" */
const char *text_name(enum text_key key);
/* All of them in turn, from T_none: the next, and T_none behind the last. */
enum text_key text_next(enum text_key key);

/* Dates and sizes as people write them, in `offset_minutes` of the town: "24 novembre 2026",
 * "9 h 42" (fr) / "9:42" (en); "3,2 Mo" / "3.2 MB" (thousands of bytes, U+00A0 before units). */
void translate_date(struct buf *out, enum language language, struct instant at, int32_t offset_minutes);
void translate_time(struct buf *out, enum language language, struct instant at, int32_t offset_minutes);
/* The shortest that is clear: the time today, "ven. 17 h 05" in the six days before, "18 nov." this year, else
 * "18 nov. 2025". */
void translate_when(struct buf *out, enum language language, struct instant at, struct instant now,
                    int32_t offset_minutes);
void translate_size(struct buf *out, enum language language, int64_t bytes);
void translate_number(struct buf *out, enum language language, int64_t number);
/* "1 234,50": always two decimals, without the sign of the currency. */
void translate_money(struct buf *out, enum language language, struct money money);
/* "lundi 23 novembre 2026, 9 h 12", as above a message. */
void translate_moment(struct buf *out, enum language language, struct instant at, int32_t offset_minutes);

/* "lundi 23 novembre" */
void translate_weekday(struct buf *out, enum language language, struct instant at, int32_t offset_minutes);

/* The same, escaped for a page in its language: what templates call. */
void translate_html(struct html *html, enum text_key key, const struct text_arg *args, size_t arg_count,
                    bool is_attribute);
void translate_html_number(struct html *html, int64_t number);

/* "fr", "ar" ..., and back for those that are whole; the language otherwise when the code is another. */
struct str language_code(enum language language);
enum language language_of_code(struct str code, enum language otherwise);

#endif
