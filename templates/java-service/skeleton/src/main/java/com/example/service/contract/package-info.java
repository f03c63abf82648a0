/** What of the API document the generated interfaces do not hold to. */
@NullMarked
package com.example.service.contract;

import org.jspecify.annotations.NullMarked;
