"""Will speak other systems' formats; holds nothing yet."""
