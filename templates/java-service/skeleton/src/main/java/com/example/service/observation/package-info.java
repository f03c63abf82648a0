/** Ids, one span, one measurement and one log line for each request. */
@NullMarked
package com.example.service.observation;

import org.jspecify.annotations.NullMarked;
