/// The settings of a server: a tree of records, valid by construction. It imports nothing, so others can render it.
@NullMarked
package io.metastore.server.config;

import org.jspecify.annotations.NullMarked;
