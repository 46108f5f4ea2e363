/* A library that calls a function of its own by a name others may take: what ours must never do. */
#include "trapped_name.h"

void of_its_own(void) __asm__(A_TRAPPED_NAME);
void of_its_own(void) {}
void unwalled(void);
void unwalled(void) { of_its_own(); }
