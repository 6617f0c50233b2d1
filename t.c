#include <pango/pangocairo.h>
#include <cairo-pdf.h>
#include <stdio.h>
int main(void){
 cairo_surface_t *s=cairo_pdf_surface_create("t.pdf",595,842); cairo_t*cr=cairo_create(s);
 PangoLayout*l=pango_cairo_create_layout(cr); pango_layout_set_font_description(l,pango_font_description_from_string("DejaVu Sans 12"));
 pango_layout_set_text(l,"été à l'œuvre",-1);
 cairo_tag_begin(cr,"Document",NULL);
 cairo_tag_begin(cr,"H1",NULL);cairo_move_to(cr,50,50);pango_cairo_show_layout(cr,l);cairo_tag_end(cr,"H1");
 cairo_tag_begin(cr,"NonStruct",NULL);cairo_move_to(cr,50,80);cairo_line_to(cr,100,80);cairo_stroke(cr);cairo_tag_end(cr,"NonStruct");
 cairo_tag_begin(cr,"Table",NULL);cairo_tag_begin(cr,"TR",NULL);
 cairo_tag_begin(cr,"TD",NULL);cairo_move_to(cr,50,100);pango_cairo_show_layout(cr,l);cairo_tag_end(cr,"TD");
 cairo_tag_end(cr,"TR");
 cairo_show_page(cr);
 cairo_tag_begin(cr,"TR",NULL);
 cairo_tag_begin(cr,"TD",NULL);cairo_move_to(cr,50,100);pango_cairo_show_layout(cr,l);cairo_tag_end(cr,"TD");
 cairo_tag_end(cr,"TR");
 cairo_tag_end(cr,"Table");
 cairo_tag_end(cr,"Document");
 cairo_destroy(cr);cairo_surface_destroy(s);puts(cairo_status_to_string(cairo_surface_status(s)));}
