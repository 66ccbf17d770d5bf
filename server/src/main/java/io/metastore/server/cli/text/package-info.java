/// What people write, read strictly: durations, YAML and mistyped names. What cannot be understood is refused in one
/// line.
@NullMarked
package io.metastore.server.cli.text;

import org.jspecify.annotations.NullMarked;
