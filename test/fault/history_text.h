/* The texts, addresses and keys of a history's messages: made from their numbers, the same each time. */
#ifndef FAULT_HISTORY_TEXT_H
#define FAULT_HISTORY_TEXT_H

#include "base/arena.h"
#include "base/str.h"
#include "core/member.h"

const char *history_address(int account);
member_row history_member(void);
/* 200 bytes to 40 KiB, one in 40 of 400 KiB; different in each sector. */
struct str history_text(struct arena *arena, int message);
/* Which message a text is; -1: none of a history. */
int history_number(struct str text);
struct str history_key(struct arena *arena, int message);

#endif
