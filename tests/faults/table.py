"""The faults the exchange must bear, and the tests in which each befalls it.

A row names its tests, here or elsewhere, or says why it has none. ``make faults`` runs them
all and prints the table; a test keeps the names true.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fault:
    """One fault. ``tests`` are ``file::name`` below ``tests``; ``lacks`` says what they leave out."""

    number: int
    what: str
    tests: tuple[str, ...] = ()
    lacks: str = ""


_FOLDER = "faults/test_folder_faults.py::test_"
_SERVER = "faults/test_server_faults.py::test_"
_SFTP = "targets/test_sftp.py::test_"
_S3 = "targets/test_s3.py::test_"
_SYNC = "services/test_syncing.py::test_"
_LEAVING = "services/test_leaving.py::test_"
_ALARMS = "services/test_alarms.py::test_"
_LIMITS = "exchange/test_limits.py::test_"
_READING = "exchange/test_reading.py::test_"
_PACKS = "exchange/test_compacting.py::test_"
_FORGED = "services/test_forged_batches.py::test_"
_FOLD = "journal/test_fold.py::test_"
_MERGED = "services/test_merged_persons.py::test_"
_OUTGOING = "services/test_outgoing.py::test_"
_VERSIONS = "services/test_two_versions.py::test_"
_HISTORIES = "also befalls the histories of tests/exchange, which make test and make soak live"

FAULTS = (
    Fault(1, "kill -9 during a save", (
        "faults/test_faults.py::test_no_acknowledged_record_is_lost_to_a_kill",
        "faults/test_faults.py::test_verify_finds_nothing_wrong_after_the_kills",
    )),
    Fault(2, "kill -9 during an exchange, five computers on one folder", (
        f"{_SERVER}five_computers_that_are_killed_again_and_again_lose_nothing_and_end_alike",
    )),
    Fault(3, "crash after a file was put, before it was noted", (
        f"{_FOLDER}a_power_cut_at_any_use_of_the_folder_is_mended_by_the_next_exchange",
    )),
    Fault(4, "torn file under its final name", (
        f"{_FOLDER}a_power_cut_at_any_use_of_the_folder_is_mended_by_the_next_exchange",
        f"{_SFTP}an_upload_cut_for_good_leaves_nothing_under_the_name_and_goes_on_later",
        f"{_PACKS}pieces_of_cut_writing_go_after_a_week_or_a_month_and_strangers_files_stay",
    )),
    Fault(5, "power cut on a stick: short or zero-filled files", (
        f"{_FOLDER}a_file_of_the_right_size_and_only_zeros_is_not_taken_and_a_test_mends_it",
        f"{_FOLDER}a_cut_file_is_never_taken_and_is_sent_again",
    ), "no image of a real stick: its files are harmed as a power cut leaves them"),
    Fault(6, "the target is full", (
        f"{_FOLDER}a_full_stick_is_said_and_once_there_is_room_the_rest_goes",
        f"{_SFTP}a_full_and_a_read_only_disk_of_the_server_are_told_apart",
    )),
    Fault(7, "the disk under the program is full", (
        "faults/test_faults.py::test_a_full_disk_keeps_what_is_typed_and_refuses_the_save_in_words",
    )),
    Fault(8, "the target vanishes in the middle of a write", (
        f"{_FOLDER}a_stick_pulled_at_any_use_stops_the_exchange_in_words_and_is_mended",
        f"{_FOLDER}the_empty_folder_a_pulled_stick_leaves_behind_is_not_taken_for_the_stick",
        f"{_SERVER}a_server_that_stops_in_the_middle_ends_the_exchange_in_words_and_it_goes_on",
    )),
    Fault(9, "read-only stick, place in the way, virus scanner removes files", (
        f"{_FOLDER}a_stick_that_can_only_be_read_is_said_and_still_read",
        f"{_FOLDER}a_place_that_takes_no_file_is_said_and_the_other_rings_go_on",
        f"{_FOLDER}a_virus_scanner_that_removes_files_is_noticed_and_nothing_counts_as_sent",
    ), "no Windows: a file another program holds open is not tried"),
    Fault(10, "bit flip anywhere in a file", (
        f"{_FOLDER}a_flipped_bit_in_any_file_is_never_taken_and_a_test_mends_it",
        f"{_LIMITS}no_flipped_byte_is_taken_under_its_own_name_or_another",
    )),
    Fault(11, "truncation at every length, empty file", (
        f"{_FOLDER}a_cut_file_is_never_taken_and_is_sent_again",
        f"{_LIMITS}no_cut_file_is_taken_at_any_length",
    )),
    Fault(12, "files lost, all files lost, new empty target", (
        f"{_FOLDER}when_every_file_is_lost_nobody_loses_a_record",
        f"{_SYNC}lost_and_torn_files_are_sent_again",
    )),
    Fault(13, "folder set back to an older state", (
        f"{_FOLDER}a_folder_set_back_to_an_older_state_is_filled_again_and_said",
    )),
    Fault(14, "copies under other names", (
        f"{_FOLDER}copies_under_other_names_are_read_once_by_their_content",
        f"{_LIMITS}a_file_under_a_second_name_is_taken_once_by_what_it_holds",
    )),
    Fault(15, "files of others, a 10 GB film", (
        f"{_FOLDER}files_of_others_are_passed_over_and_a_huge_one_is_never_read",
    )),
    Fault(16, "cloud drive has not fetched a file", (
        f"{_FOLDER}a_file_the_cloud_drive_has_not_fetched_does_not_hold_up_the_rest",
    ), "a folder that refuses the file stands for the cloud drive's client"),
    Fault(17, "names and paths other file systems take", (
        f"{_FOLDER}every_name_fits_every_file_system",
        "targets/test_folder.py::test_a_base_too_long_for_some_computers_is_refused",
        f"{_PACKS}many_files_become_packs_and_go_a_day_later",
    ), "no FAT volume can be mounted here: names and counts are checked instead"),
    Fault(18, "times of files wrong, equal, in the future", (
        f"{_FOLDER}times_of_files_mean_nothing",
    )),
    Fault(19, "clocks years off, jumping back", (
        f"{_FOLD}who_knew_of_a_value_wins_whatever_the_clocks_say",
        f"{_ALARMS}a_clock_that_runs_ahead_is_said",
    ), _HISTORIES),
    Fault(20, "restored backup", (
        f"{_SYNC}a_restored_computer_sends_what_it_had_and_gets_back_what_it_lost",
        f"{_ALARMS}a_computer_set_back_that_did_not_notice_learns_it_from_the_others",
        f"{_ALARMS}a_computer_restored_twice_says_so_once_and_whoever_works_there_takes_it_as_seen",
        "store/test_archive.py::test_a_restored_folder_starts_a_new_log_and_seals_the_old_one",
    )),
    Fault(21, "cloned computer, both used", (
        f"{_SYNC}two_copies_of_one_computer_are_both_kept_and_said",
        f"{_ALARMS}a_copied_computer_is_an_alarm_on_every_computer_until_it_was_seen",
        f"{_ALARMS}a_computer_restored_elsewhere_while_the_old_one_goes_on_is_an_alarm",
        f"{_LEAVING}a_copied_laptop_is_taken_out_and_comes_back_with_new_keys",
    )),
    Fault(22, "lost device revoked, goes on writing, forks below the cut", (
        f"{_SYNC}a_revoked_computer_learns_it_and_what_it_writes_then_does_not_count",
        f"{_LEAVING}what_a_computer_wrote_before_it_was_shut_out_stays_good_on_a_third_at_once",
        "journal/test_roster_accept.py::test_a_fork_below_the_cut_is_held",
    )),
    Fault(23, "revoked device comes back with unsent work", (
        f"{_LEAVING}a_shut_out_computer_writes_no_more_and_hands_its_work_to_a_coordinator",
    )),
    Fault(24, "coordinators against each other", (
        "journal/test_roster.py::test_only_the_root_makes_and_revokes_coordinators",
        "journal/test_roster.py::test_order_and_doubles_change_nothing",
    )),
    Fault(25, "coordinator restored before its revocation was published", (
        f"{_LEAVING}a_restored_coordinator_that_lost_a_revocation_gets_it_back_from_the_target",
        f"{_LEAVING}a_shut_out_computer_stays_red_until_every_target_says_so",
    )),
    Fault(26, "forged author, log, field, signature, ring, signer", (
        f"{_READING}a_batch_line_that_says_anything_else_is_refused",
        f"{_FORGED}a_computer_nobody_let_in_writes_nothing_that_counts",
        f"{_SYNC}what_is_written_in_anothers_name_is_kept_and_does_not_count",
    ), _HISTORIES),
    Fault(27, "entry with a guessed care record id", (
        f"{_FORGED}a_guessed_care_record_in_another_ring_does_not_touch_care",
    )),
    Fault(28, "law device let into care by mistake", (
        f"{_SYNC}a_law_computer_is_no_recipient_of_care_even_if_the_roster_says_so",
        "journal/test_roster.py::test_a_law_device_is_never_a_recipient_of_care_whatever_is_said",
    )),
    Fault(29, "old folder, old roster, another program's files copied in", (
        f"{_FOLDER}old_files_and_those_of_another_program_copied_in_change_nothing",
        f"{_LIMITS}a_whole_old_folder_laid_back_changes_nothing",
        f"{_LIMITS}another_programs_file_is_not_for_me_and_its_statements_are_nobodys",
    )),
    Fault(30, "bombs, huge lengths, deep JSON, bad text", (
        f"{_READING}a_bomb_is_stopped_at_the_limit",
        f"{_READING}a_malformed_text_is_refused",
        f"{_LIMITS}bombs_end_at_the_limit_however_they_are_folded",
        f"{_LIMITS}a_million_tiny_batches_end_at_the_limit",
        f"{_LIMITS}nested_json_is_refused_wherever_it_stands",
        f"{_LIMITS}an_entry_above_its_limit_is_refused",
    )),
    Fault(31, "malicious age file", (
        f"{_LIMITS}a_header_of_ten_thousand_stanzas_is_refused_before_any_key_is_tried",
        f"{_LIMITS}only_own_keys_are_ever_tried",
    )),
    Fault(32, "five computers at one server at once", (
        f"{_SERVER}five_computers_at_one_sftp_server_at_once_lose_nothing_and_end_alike",
        f"{_SERVER}five_computers_at_one_s3_server_at_once_lose_nothing_and_end_alike",
    ), "the S3 server is Ceph's gateway, where it is installed; there is no WebDAV target"),
    Fault(33, "slow line, late, often cut", (
        f"{_SERVER}a_line_of_5_kilobytes_a_second_two_seconds_there_and_back_and_often_cut_still_brings_it",
        f"{_SFTP}a_line_cut_every_200_kilobytes_is_mended_where_it_broke",
        f"{_SFTP}an_upload_over_a_slow_line_is_stopped_from_another_thread",
        f"{_SERVER}an_exchange_over_a_slow_line_is_stopped_in_the_middle_of_a_file_and_goes_on_later",
        f"{_SERVER}an_exchange_with_a_host_that_does_not_answer_is_stopped_while_it_waits",
    )),
    Fault(34, "HTTP answers that are no files", (
        f"{_S3}each_answer_has_its_sentence",
        f"{_S3}a_server_that_stumbles_once_is_asked_again",
        f"{_S3}a_sign_in_page_is_neither_a_list_nor_a_file_nor_a_yes",
        f"{_S3}a_way_to_a_sign_in_page_is_not_followed_to_a_file",
    )),
    Fault(35, "TLS certificate or SSH host key changed", (
        f"{_SERVER}a_server_with_another_key_is_sent_nothing",
        f"{_SFTP}a_host_that_shows_another_key_is_refused_and_nothing_is_sent",
        f"{_S3}an_authority_of_the_countys_own_is_trusted_only_where_it_was_given",
    )),
    Fault(36, "newer entry, form, bundle; unknown fields", (
        f"{_READING}a_newer_bundle_or_entry_is_kept_for_a_newer_program",
        f"{_READING}a_file_of_a_newer_program_is_tried_again_after_an_update",
        f"{_LIMITS}what_a_later_version_adds_to_a_line_is_passed_over",
        "services/test_forms_in_use.py::test_records_that_waited_for_their_form_are_computed_when_it_comes",
    )),
    Fault(37, "edits on two versions of a form", (
        f"{_VERSIONS}edits_on_both_versions_meet_under_their_keys_and_a_type_that_changed_is_said",
        f"{_VERSIONS}a_renamed_question_changed_on_both_versions_is_chosen_in_review",
        f"{_VERSIONS}what_only_the_other_version_asks_is_kept_said_and_not_emptied_by_a_correction",
        f"{_VERSIONS}a_record_that_came_before_its_version_is_read_and_not_changed_until_it_comes",
    )),
    Fault(38, "same answer, same new value on two computers", (
        f"{_FOLD}the_same_value_twice_is_no_conflict",
    )),
    Fault(39, "void against edit, edit against a merge of persons, merge taken back", (
        f"{_FOLD}a_void_against_an_edit_is_a_conflict_and_the_record_stays_visible",
        "services/test_comparing.py::test_a_void_against_an_edit_is_a_choice_of_its_own",
        f"{_MERGED}edits_of_two_persons_and_their_merge_at_the_same_time_all_stand",
        f"{_MERGED}persons_taken_apart_while_one_is_edited_keep_what_each_record_says",
        f"{_MERGED}a_person_voided_while_another_computer_merged_it_is_void_and_the_other_stands",
        f"{_MERGED}a_merge_taken_back_here_and_another_made_there_both_hold",
    )),
    Fault(40, "three-way conflict, settled differently on two computers", (
        "exchange/test_histories.py::test_concurrent_values_are_listed_on_both_and_settled_by_one_choice",
        f"{_FOLD}an_entry_that_knew_of_both_settles_the_matter",
        "services/test_comparing.py::test_three_values_chosen_among_differently_on_two_computers_leave_those_two_choices",
    )),
    Fault(41, "redaction while another computer edits", (
        "services/test_redacting.py::test_an_edit_made_while_the_order_was_on_its_way_stays_and_the_rest_stays_empty",
    )),
    Fault(42, "misfiled text redacted and packed anew", (
        "services/test_redacting.py::test_a_redacted_record_says_nothing_on_any_computer_and_old_files_do_not_bring_it_back",
        f"{_PACKS}after_a_redaction_the_folder_is_packed_anew_and_the_old_text_goes",
        "store/test_merging.py::test_no_redacted_text_is_left_in_the_file",
    )),
    Fault(43, "canary: care text on a law computer", (
        f"{_SYNC}care_goes_between_offices_over_its_own_target_and_nothing_of_it_to_the_law",
        "canary/test_canary.py::test_no_word_of_a_record_is_in_a_file_while_open_or_locked_or_backed_up",
        "canary/test_law_device.py::test_no_backup_of_a_law_computer_holds_care",
    ), "files of the program; not a disk image, a clipboard or thumbnails"),
    Fault(44, "mail: gateway strips, renames, rewraps, splits; import twice", (
        f"{_FOLDER}a_mailed_file_is_taken_whatever_the_gateway_did_and_once_only",
        "exchange/test_armor.py::test_what_mail_does_brings_the_same_bytes",
        "exchange/test_armor.py::test_a_mail_split_in_two_is_refused_by_either_half",
    )),
    Fault(45, "outbox: confirmed twice, never; receiver shut out, record emptied, taken out meanwhile", (
        "services/test_outbox.py::test_a_document_is_queued_then_sent_then_confirmed_by_its_receiver",
        "services/test_outbox.py::test_nobody_else_opens_confirms_or_withdraws_it",
        f"{_OUTGOING}a_paper_for_somebody_who_is_shut_out_meanwhile_stays_and_says_so",
        f"{_OUTGOING}a_paper_made_before_an_order_to_empty_its_record_arrived_does_not_leave",
        f"{_OUTGOING}a_paper_made_anew_after_the_order_goes",
        f"{_OUTGOING}a_paper_taken_out_before_it_was_sent_is_not_sent",
    )),
    Fault(46, "240,000 entries, 25,000 small files, 50 computers", (),
        "measured by make bench, not here: it takes longer than the whole of this"),
    Fault(47, "packing broken off, by two at once, member away a year", (
        f"{_PACKS}broken_off_at_any_step_all_is_still_there_for_everyone",
        f"{_PACKS}two_coordinators_who_compact_at_once_leave_everything_once",
        f"{_PACKS}a_computer_that_was_away_for_a_year_finds_all",
    )),
    Fault(48, "flood by a member", (
        f"{_LIMITS}a_members_flood_is_taken_file_by_file_and_keeps_nobody_else_back",
        "exchange/test_desks.py::test_a_flood_from_one_computer_is_told_with_its_name_and_still_taken",
        "exchange/test_desks.py::test_a_flood_is_taken_over_several_exchanges_and_own_work_goes_with_the_first",
    )),
)  # fmt: skip
