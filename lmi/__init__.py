from lmi.processor import keep_to_common_instructions

keep_to_common_instructions()
