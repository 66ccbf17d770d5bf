/// The store as one sequential program: what each call must answer when calls come one after the other. It
/// can go back, so that a search can try orders.
@NullMarked
package io.metastore.e2e.model;

import org.jspecify.annotations.NullMarked;
