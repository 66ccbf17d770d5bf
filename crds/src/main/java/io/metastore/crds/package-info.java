/// The custom resources as records, from which the files that users apply are generated. A record holds what the API
/// server hands out, where defaults are filled in and rules hold; nothing here knows the operator.
@NullMarked
package io.metastore.crds;

import org.jspecify.annotations.NullMarked;
