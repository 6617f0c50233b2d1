#include "proto/imap/imap_subject.h"

/* Line ends and tabs become spaces, and spaces in a row one (step 1). */
static enum status collapse(struct str subject, struct arena *arena, struct str *ret_text)
{
    struct str text = str_copy(arena, subject);
    char *to = (char *)(uintptr_t)text.at;
    size_t length = 0;
    if (to == NULL)
        return LIMIT;
    for (size_t i = 0; i < subject.len; i++) {
        char c = subject.at[i];
        bool is_blank = c == ' ' || c == '\t' || c == '\r' || c == '\n';
        if (!is_blank)
            to[length++] = c;
        else if (length == 0 || to[length - 1] != ' ')
            to[length++] = ' ';
    }
    *ret_text = (struct str){to, length};
    return OK;
}

static struct str skip_blanks(struct str text)
{
    while (text.len > 0 && text.at[0] == ' ')
        text = str_after(text, 1);
    return text;
}

/* subj-blob: "[", anything but brackets, "]", blanks. */
static bool take_blob(struct str *text)
{
    size_t at = 1;
    if (text->len == 0 || text->at[0] != '[')
        return false;
    while (at < text->len && text->at[at] != '[' && text->at[at] != ']')
        at++;
    if (at == text->len || text->at[at] == '[')
        return false;
    *text = skip_blanks(str_after(*text, at + 1));
    return true;
}

/* subj-refwd: "Re:", "Fw:" or "Fwd:", maybe with blanks and a blob before the colon. */
static bool take_mark(struct str *text)
{
    static const struct str marks[] = {STR_INIT("re"), STR_INIT("fwd"), STR_INIT("fw")};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
        if (!str_starts_nocase(*text, marks[i]))
            continue;
        struct str rest = skip_blanks(str_after(*text, marks[i].len));
        (void)take_blob(&rest);
        if (rest.len == 0 || rest.at[0] != ':')
            continue;
        *text = str_after(rest, 1);
        return true;
    }
    return false;
}

/* subj-leader: a blank, or blobs that a mark follows. Blobs without a mark stay. */
static bool take_leader(struct str *text, struct imap_subject *subject)
{
    struct str rest = skip_blanks(*text);
    if (rest.len < text->len) {
        *text = rest;
        return true;
    }
    while (take_blob(&rest))
        continue;
    if (!take_mark(&rest))
        return false;
    subject->is_reply_or_forward = true;
    *text = rest;
    return true;
}

/* Steps 3 to 5. Once blobs are known to have no mark behind them they are only counted off, so that many of them
 * cost no more than one look at each. */
static void take_leaders(struct str *text, struct imap_subject *subject)
{
    while (take_leader(text, subject))
        continue;
    struct str rest = *text;
    while (take_blob(&rest) && rest.len > 0)
        *text = rest;
}

/* Step 2: "(fwd)" and blanks at the end. */
static void take_trailers(struct str *text, struct imap_subject *subject)
{
    for (;;) {
        while (text->len > 0 && text->at[text->len - 1] == ' ')
            text->len--;
        if (!str_ends_nocase(*text, STR("(fwd)")))
            return;
        text->len -= 5;
        subject->is_reply_or_forward = true;
    }
}

enum status imap_subject_base(struct str subject, struct arena *arena, struct imap_subject *ret_subject)
{
    struct imap_subject found = {.is_reply_or_forward = false};
    struct str text;
    TRY(collapse(subject, arena, &text));
    for (;;) {
        take_trailers(&text, &found);
        take_leaders(&text, &found);
        if (!str_starts_nocase(text, STR("[fwd:")) || !str_ends(text, STR("]")))
            break;
        text = str_slice(text, 5, text.len - 1);
        found.is_reply_or_forward = true;
    }
    found.base = text;
    *ret_subject = found;
    return OK;
}
