/** The object storage behind the ingest service: it takes and gives bytes by URLs that the service has signed, and knows no API key. */
@NullMarked
package io.plutorun.fake.storage;

import org.jspecify.annotations.NullMarked;
