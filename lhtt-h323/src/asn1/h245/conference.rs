//! Conference control: chair, terminal lists, remote MC (H.245 B.10, H.243).

use super::{Criteria, TerminalLabel, TransportAddress};
use crate::per::{Int, List, Octets, choice, sequence};

choice! {
    /// Requests of conference control (H.245 `ConferenceRequest`).
    ConferenceRequest {
        TerminalListRequest,
        MakeMeChair,
        CancelMakeMeChair,
        DropTerminal(TerminalLabel),
        RequestTerminalId(TerminalLabel),
        EnterH243Password,
        EnterH243TerminalId,
        EnterH243ConferenceId,
        ..
        EnterExtensionAddress,
        RequestChairTokenOwner,
        RequestTerminalCertificate(RequestTerminalCertificate),
        BroadcastMyLogicalChannel(u16 as Int<1, 65535>),
        MakeTerminalBroadcaster(TerminalLabel),
        SendThisSource(TerminalLabel),
        RequestAllTerminalIds,
        RemoteMcRequest(RemoteMCRequest),
    }
}

sequence! {
    /// `requestTerminalCertificate` in H.245 `ConferenceRequest`.
    RequestTerminalCertificate {
        terminal_label: Option<TerminalLabel>,
        cert_selection_criteria: Option<Vec<Criteria>> as List<1, 16>,
        s_random: Option<u32> as Int<1, 4294967295>,
        ..
    }
}

choice! {
    /// Answers of conference control (H.245 `ConferenceResponse`).
    ConferenceResponse {
        McTerminalIdResponse(McTerminalIdResponse),
        TerminalIdResponse(TerminalIdResponse),
        ConferenceIdResponse(ConferenceIdResponse),
        PasswordResponse(PasswordResponse),
        TerminalListResponse(Vec<TerminalLabel> as List<1, 256>),
        VideoCommandReject,
        TerminalDropReject,
        MakeMeChairResponse(MakeMeChairResponse),
        ..
        ExtensionAddressResponse(ExtensionAddressResponse),
        ChairTokenOwnerResponse(ChairTokenOwnerResponse),
        TerminalCertificateResponse(TerminalCertificateResponse),
        BroadcastMyLogicalChannelResponse(BroadcastMyLogicalChannelResponse),
        MakeTerminalBroadcasterResponse(MakeTerminalBroadcasterResponse),
        SendThisSourceResponse(SendThisSourceResponse),
        RequestAllTerminalIdsResponse(RequestAllTerminalIDsResponse),
        RemoteMcResponse(RemoteMCResponse),
    }
}

sequence! {
    /// `mCTerminalIDResponse` in H.245 `ConferenceResponse`.
    McTerminalIdResponse {
        terminal_label: TerminalLabel,
        terminal_id: Vec<u8> as Octets<1, 128>,
        ..
    }

    /// `terminalIDResponse` in H.245 `ConferenceResponse`.
    TerminalIdResponse {
        terminal_label: TerminalLabel,
        terminal_id: Vec<u8> as Octets<1, 128>,
        ..
    }

    /// `conferenceIDResponse` in H.245 `ConferenceResponse`.
    ConferenceIdResponse {
        terminal_label: TerminalLabel,
        conference_id: Vec<u8> as Octets<1, 32>,
        ..
    }

    /// `passwordResponse` in H.245 `ConferenceResponse`.
    PasswordResponse {
        terminal_label: TerminalLabel,
        password: Vec<u8> as Octets<1, 32>,
        ..
    }
}

choice! {
    /// `makeMeChairResponse` in H.245 `ConferenceResponse`.
    MakeMeChairResponse { GrantedChairToken, DeniedChairToken, .. }
}

sequence! {
    /// `extensionAddressResponse` in H.245 `ConferenceResponse`.
    ExtensionAddressResponse {
        extension_address: Vec<u8> as Octets<1, 128>,
        ..
    }

    /// `chairTokenOwnerResponse` in H.245 `ConferenceResponse`.
    ChairTokenOwnerResponse {
        terminal_label: TerminalLabel,
        terminal_id: Vec<u8> as Octets<1, 128>,
        ..
    }

    /// `terminalCertificateResponse` in H.245 `ConferenceResponse`.
    TerminalCertificateResponse {
        terminal_label: Option<TerminalLabel>,
        certificate_response: Option<Vec<u8>> as Octets<1, 65535>,
        ..
    }
}

choice! {
    /// `broadcastMyLogicalChannelResponse` in H.245 `ConferenceResponse`.
    BroadcastMyLogicalChannelResponse { GrantedBroadcastMyLogicalChannel, DeniedBroadcastMyLogicalChannel, .. }

    /// `makeTerminalBroadcasterResponse` in H.245 `ConferenceResponse`.
    MakeTerminalBroadcasterResponse { GrantedMakeTerminalBroadcaster, DeniedMakeTerminalBroadcaster, .. }

    /// `sendThisSourceResponse` in H.245 `ConferenceResponse`.
    SendThisSourceResponse { GrantedSendThisSource, DeniedSendThisSource, .. }

    /// Commands of conference control (H.245 `ConferenceCommand`).
    ConferenceCommand {
        BroadcastMyLogicalChannel(u16 as Int<1, 65535>),
        CancelBroadcastMyLogicalChannel(u16 as Int<1, 65535>),
        MakeTerminalBroadcaster(TerminalLabel),
        CancelMakeTerminalBroadcaster,
        SendThisSource(TerminalLabel),
        CancelSendThisSource,
        DropConference,
        ..
        SubstituteConferenceIdCommand(SubstituteConferenceIDCommand),
    }

    /// Indications of conference control (H.245 `ConferenceIndication`).
    ConferenceIndication {
        SbeNumber(u8 as Int<0, 9>),
        TerminalNumberAssign(TerminalLabel),
        TerminalJoinedConference(TerminalLabel),
        TerminalLeftConference(TerminalLabel),
        SeenByAtLeastOneOther,
        CancelSeenByAtLeastOneOther,
        SeenByAll,
        CancelSeenByAll,
        TerminalYouAreSeeing(TerminalLabel),
        RequestForFloor,
        ..
        WithdrawChairToken,
        FloorRequested(TerminalLabel),
        TerminalYouAreSeeingInSubPictureNumber(TerminalYouAreSeeingInSubPictureNumber),
        VideoIndicateCompose(VideoIndicateCompose),
        MasterMcu,
        CancelMasterMcu,
    }

    /// H.245 `RemoteMCRequest`.
    RemoteMCRequest { MasterActivate, SlaveActivate, DeActivate, .. }

    /// H.245 `RemoteMCResponse`.
    RemoteMCResponse { Accept, Reject(RemoteMCResponseReject), .. }

    /// `reject` in H.245 `RemoteMCResponse`.
    RemoteMCResponseReject { Unspecified, FunctionNotSupported, .. }
}

sequence! {
    /// H.245 `RequestAllTerminalIDsResponse`.
    RequestAllTerminalIDsResponse {
        terminal_information: Vec<TerminalInformation>,
        ..
    }

    /// H.245 `TerminalInformation`.
    TerminalInformation {
        terminal_label: TerminalLabel,
        terminal_id: Vec<u8> as Octets<1, 128>,
        ..
    }

    /// H.245 `SubstituteConferenceIDCommand`.
    SubstituteConferenceIDCommand {
        conference_identifier: [u8; 16],
        ..
    }

    /// H.245 `TerminalYouAreSeeingInSubPictureNumber`.
    TerminalYouAreSeeingInSubPictureNumber {
        terminal_number: u8 as Int<0, 192>,
        sub_picture_number: u8 as Int<0, 255>,
        ..
        mcu_number: Option<u8> as Int<0, 192>,
    }

    /// H.245 `VideoIndicateCompose`.
    VideoIndicateCompose {
        composition_number: u8 as Int<0, 255>,
        ..
    }

    /// H.245 `MCLocationIndication`.
    MCLocationIndication {
        signal_address: TransportAddress,
        ..
    }
}
