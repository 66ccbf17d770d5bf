/// Values every other package talks about: bytes, key ranges, revisions, events. Nothing here refers to another
/// package.
@NullMarked
package io.metastore.server.model;

import org.jspecify.annotations.NullMarked;
