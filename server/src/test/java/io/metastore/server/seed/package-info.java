/// Chance in tests: every random test takes its numbers from here, so that a failed run can be repeated.
@NullMarked
package io.metastore.server.seed;

import org.jspecify.annotations.NullMarked;
