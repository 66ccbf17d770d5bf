/// Delivers changes to watchers: those that keep up get them as they happen, the others from history. Nothing is
/// dropped.
@NullMarked
package io.metastore.server.watch;

import org.jspecify.annotations.NullMarked;
