/* The control socket is how the command line reaches a running house: DIR/run/control, for the owner of the folder
 * alone.
 *
 * For the parent. It works the steps of its own verbs off; for others it gives the command line a channel to the role
 * that owns the data, and hears nothing of what is said there. Readers (role/reader.h) are begun here and end with
 * their channel. */
#ifndef ROLE_CONTROL_H
#define ROLE_CONTROL_H

#include "role/parent_state.h"

struct control;
enum { CONTROL_LINES_MAX = 16 };

MUST_USE enum status control_open(struct parent *parent, struct control **ret_control);
void control_close(struct control *control); /* NULL accepted */

#endif
