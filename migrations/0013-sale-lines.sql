-- Lines of an article are asked for by the article and read from the table in any case. Without the person the
-- entries of an article are one list: a sixth of the size, and a tenth less to do for each line that comes in.
drop index sale_lines_article;
create index sale_lines_article on sale_lines (article_id);
