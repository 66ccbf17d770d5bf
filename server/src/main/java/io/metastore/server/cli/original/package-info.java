/// The configuration of the original MetaStore: its YAML file, its `METASTORE_...` variables and its flags, turned into
/// etcd's flags, from which all settings are made. One table holds all keys; `docs/design/0014-original-form.md` tells
/// why each is taken as it is.
@NullMarked
package io.metastore.server.cli.original;

import org.jspecify.annotations.NullMarked;
