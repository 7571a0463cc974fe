//! Release reasons between H.225.0 and the neutral words (H.225.0 7.6, ReleaseCompleteReason).

use crate::asn1::h225::{self, ReleaseCompleteReason as Wire};
use crate::endpoint::event::ReleaseReason;

pub(super) fn read(reason: &Wire) -> ReleaseReason {
    match reason {
        Wire::NoBandwidth => ReleaseReason::NoBandwidth,
        Wire::GatekeeperResources => ReleaseReason::GatekeeperResources,
        Wire::UnreachableDestination => ReleaseReason::UnreachableDestination,
        Wire::DestinationRejection => ReleaseReason::DestinationRejection,
        Wire::InvalidRevision => ReleaseReason::InvalidRevision,
        Wire::NoPermission => ReleaseReason::NoPermission,
        Wire::UnreachableGatekeeper => ReleaseReason::UnreachableGatekeeper,
        Wire::GatewayResources => ReleaseReason::GatewayResources,
        Wire::BadFormatAddress => ReleaseReason::BadFormatAddress,
        Wire::AdaptiveBusy => ReleaseReason::AdaptiveBusy,
        Wire::InConf => ReleaseReason::InConf,
        Wire::FacilityCallDeflection => ReleaseReason::FacilityCallDeflection,
        Wire::SecurityDenied => ReleaseReason::SecurityDenied,
        Wire::CalledPartyNotRegistered => ReleaseReason::CalledPartyNotRegistered,
        Wire::CallerNotRegistered => ReleaseReason::CallerNotRegistered,
        Wire::NewConnectionNeeded => ReleaseReason::NewConnectionNeeded,
        Wire::NonStandardReason(_) => ReleaseReason::NonStandardReason,
        Wire::ReplaceWithConferenceInvite(_) => ReleaseReason::ReplaceWithConferenceInvite,
        Wire::GenericDataReason => ReleaseReason::GenericDataReason,
        Wire::NeededFeatureNotSupported => ReleaseReason::NeededFeatureNotSupported,
        Wire::TunnelledSignallingRejected => ReleaseReason::TunnelledSignallingRejected,
        Wire::InvalidCid => ReleaseReason::InvalidCid,
        Wire::SecurityError(_) => ReleaseReason::SecurityError,
        Wire::HopCountExceeded => ReleaseReason::HopCountExceeded,
        Wire::UndefinedReason | Wire::Unknown { .. } => ReleaseReason::UndefinedReason,
    }
}

/// The reason in ASN.1. Those that need a value beside them are said as `undefinedReason`: we have no such value.
pub(super) fn write(reason: ReleaseReason) -> Wire {
    match reason {
        ReleaseReason::NoBandwidth => Wire::NoBandwidth,
        ReleaseReason::GatekeeperResources => Wire::GatekeeperResources,
        ReleaseReason::UnreachableDestination => Wire::UnreachableDestination,
        ReleaseReason::DestinationRejection => Wire::DestinationRejection,
        ReleaseReason::InvalidRevision => Wire::InvalidRevision,
        ReleaseReason::NoPermission => Wire::NoPermission,
        ReleaseReason::UnreachableGatekeeper => Wire::UnreachableGatekeeper,
        ReleaseReason::GatewayResources => Wire::GatewayResources,
        ReleaseReason::BadFormatAddress => Wire::BadFormatAddress,
        ReleaseReason::AdaptiveBusy => Wire::AdaptiveBusy,
        ReleaseReason::InConf => Wire::InConf,
        ReleaseReason::FacilityCallDeflection => Wire::FacilityCallDeflection,
        ReleaseReason::SecurityDenied => Wire::SecurityDenied,
        ReleaseReason::CalledPartyNotRegistered => Wire::CalledPartyNotRegistered,
        ReleaseReason::CallerNotRegistered => Wire::CallerNotRegistered,
        ReleaseReason::NewConnectionNeeded => Wire::NewConnectionNeeded,
        ReleaseReason::GenericDataReason => Wire::GenericDataReason,
        ReleaseReason::NeededFeatureNotSupported => Wire::NeededFeatureNotSupported,
        ReleaseReason::TunnelledSignallingRejected => Wire::TunnelledSignallingRejected,
        ReleaseReason::InvalidCid => Wire::InvalidCid,
        ReleaseReason::SecurityError => Wire::SecurityError(h225::SecurityErrors::default()),
        ReleaseReason::HopCountExceeded => Wire::HopCountExceeded,
        ReleaseReason::UndefinedReason
        | ReleaseReason::NonStandardReason
        | ReleaseReason::ReplaceWithConferenceInvite => Wire::UndefinedReason,
    }
}
