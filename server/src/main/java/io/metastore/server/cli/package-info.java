/// The command line and the environment, turned into settings. The command-line library may be used here only.
@NullMarked
package io.metastore.server.cli;

import org.jspecify.annotations.NullMarked;
