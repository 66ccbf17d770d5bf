/// Commands of a connection that is logged in, and results as packets in both forms, text and binary.
/// The statements themselves are carried out by `mysql.sql`.
@NullMarked
package io.metastore.server.mysql.command;

import org.jspecify.annotations.NullMarked;
