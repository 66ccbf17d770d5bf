/// SQL over the key space: statements are parsed, bound to a small plan and carried out row by row.
/// What is not understood whole is refused.
@NullMarked
package io.metastore.server.mysql.sql;

import org.jspecify.annotations.NullMarked;
