/// The data directory: who it belongs to, and that nobody else uses it. It decides what may start on which data.
@NullMarked
package io.metastore.server.datadir;

import org.jspecify.annotations.NullMarked;
