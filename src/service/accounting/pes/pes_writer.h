/* A pes_writer is a file for the accountant as it is written, element by element, and where in it that is.
 *
 * Invariants: what is empty, 0 or no day is left out, but by pes_put_money and pes_put_flag. What cannot be written is
 * a fault at its place; writing goes on, so that all of them are told at once. */
#ifndef SERVICE_ACCOUNTING_PES_PES_WRITER_H
#define SERVICE_ACCOUNTING_PES_PES_WRITER_H

#include "service/accounting/pes/pes_write.h"

enum { PES_WRITER_DEPTH = 12 };

struct pes_writer {
    struct buf *out;
    struct faults *faults;
    struct {
        const char *name;
        size_t number; /* among those of its name; 0: there is one at most */
    } open[PES_WRITER_DEPTH];
    size_t depth;
};

/* "<Name>", and what stands before the next pes_end is in it. */
void pes_begin(struct pes_writer *writer, const char *name, size_t number);
/* The same with an Id, which a signature may name. */
void pes_begin_named(struct pes_writer *writer, const char *name, size_t number, struct str id);
void pes_end(struct pes_writer *writer);
/* <Name V="value"/> */
void pes_put(struct pes_writer *writer, const char *name, struct str value);
void pes_put_number(struct pes_writer *writer, const char *name, uint64_t value);
void pes_put_day(struct pes_writer *writer, const char *name, struct date day);
void pes_put_money(struct pes_writer *writer, const char *name, struct money money);
void pes_put_flag(struct pes_writer *writer, const char *name, bool flag);
/* The same of an amount or a rate that is left out where it is 0. */
void pes_put_some(struct pes_writer *writer, const char *name, struct money money);
/* At the element of that name within what is open. */
void pes_writer_fault(struct pes_writer *writer, const char *rule, const char *name, struct str value,
                      struct str wanted);

/* The parts, each by its file. */
void pes_put_piece(struct pes_writer *writer, const struct pes_slip *slip, size_t place);
void pes_put_line(struct pes_writer *writer, bool is_receipt, const struct pes_line *line, size_t place);
void pes_put_references(struct pes_writer *writer, const struct pes_reference *references, size_t count);
void pes_put_person(struct pes_writer *writer, bool is_receipt, const struct pes_person *person, size_t number);
void pes_put_documents(struct pes_writer *writer, const struct pes_flow *flow);

#endif
