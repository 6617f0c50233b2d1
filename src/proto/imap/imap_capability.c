#include "proto/imap/imap_capability.h"

enum when { ALWAYS, BEFORE, AFTER };

static const struct {
    const char *word;
    enum when when;
} capabilities[] = {
    {"IMAP4rev1", ALWAYS},
    {"IMAP4rev2", ALWAYS},
    {"LITERAL+", ALWAYS},  /* RFC 7888 */
    {"SASL-IR", BEFORE},   /* RFC 4959 */
    {"ID", ALWAYS},        /* RFC 2971 */
    {"ENABLE", ALWAYS},    /* RFC 5161 */
    {"IDLE", AFTER},       /* RFC 2177 */
    {"NAMESPACE", AFTER},  /* RFC 2342 */
    {"UIDPLUS", AFTER},    /* RFC 4315 */
    {"UNSELECT", AFTER},   /* RFC 3691 */
    {"MOVE", AFTER},       /* RFC 6851 */
    {"CHILDREN", AFTER},   /* RFC 3348 */
    {"SPECIAL-USE", AFTER}, /* RFC 6154 */
    {"CREATE-SPECIAL-USE", AFTER},
    {"LIST-EXTENDED", AFTER}, /* RFC 5258 */
    {"LIST-STATUS", AFTER},   /* RFC 5819 */
    {"STATUS=SIZE", AFTER},   /* RFC 8438 */
    {"ESEARCH", AFTER},       /* RFC 4731 */
    {"SEARCHRES", AFTER},     /* RFC 5182 */
    {"SEARCH=FUZZY", AFTER},  /* RFC 6203 */
    {"WITHIN", AFTER},        /* RFC 5032 */
    {"SORT", AFTER},          /* RFC 5256 */
    {"THREAD=REFERENCES", AFTER},
    {"THREAD=ORDEREDSUBJECT", AFTER},
    {"CONDSTORE", AFTER},   /* RFC 7162 */
    {"QRESYNC", AFTER},
    {"QUOTA", AFTER},       /* RFC 9208 */
    {"QUOTA=RES-STORAGE", AFTER},
    {"OBJECTID", AFTER},    /* RFC 8474 */
    {"UTF8=ACCEPT", AFTER}, /* RFC 6855 */
    {"APPENDLIMIT=52428800", ALWAYS}, /* RFC 7889 */
};

static void add_word(struct buf *out, const char *word)
{
    if (out->len > 0 && out->at[out->len - 1] != ' ')
        buf_add_byte(out, ' ');
    buf_add_c(out, word);
}

void imap_capability_write(struct buf *out, enum imap_stage stage, bool has_tls)
{
    bool is_after = stage == IMAP_SIGNED_IN;
    for (size_t i = 0; i < sizeof capabilities / sizeof capabilities[0]; i++)
        if (capabilities[i].when == ALWAYS || (capabilities[i].when == AFTER) == is_after)
            add_word(out, capabilities[i].word);
    if (is_after)
        return;
    if (has_tls && stage != IMAP_SECURE)
        add_word(out, "STARTTLS");
    add_word(out, stage == IMAP_CLEAR ? "LOGINDISABLED" : "AUTH=PLAIN AUTH=LOGIN");
}
