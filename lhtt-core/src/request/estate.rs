//! Sites, their rooms, quotas, endpoints, grants and contacts: Điều 3, 6, 7, 8, 9, 16, 18.

use crate::actor::Actor;
use crate::civil::Date;
use crate::ids::{CredentialId, EndpointId, McuId, OrganizationId, QuotaGrantId, SiteId};
use crate::registry::estate::{CheckCause, Condition, Contact, Document, EndpointKind, Fingerprint, McuRole, Verdict};
use serde::{Deserialize, Serialize};

macro_rules! acts {
    ($($(#[$doc:meta])* $name:ident { $($(#[$field_doc:meta])* $field:ident: $type:ty,)* })*) => {$(
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
        #[serde(deny_unknown_fields)]
        pub struct $name {
            /// Who acts.
            pub actor: Actor,
            $($(#[$field_doc])* pub $field: $type,)*
        }
    )*};
}

/// What can be asked here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
#[non_exhaustive]
pub enum EstateAct {
    /// An agency plans a site.
    Propose(Propose),
    /// A condition of its room was checked (Điều 6).
    CheckRoom(CheckRoom),
    /// It takes one of its agency's slots (Điều 7).
    Arrange(OfSite),
    /// Its agency asks for admission (Điều 9).
    Apply(OfSite),
    /// It may connect to the province's data network (Điều 9 khoản 2 điểm c).
    ApproveNetwork(ApproveNetwork),
    /// The managing authority assesses it.
    Assess(AssessSite),
    /// It is admitted.
    Admit(OfSite),
    /// It takes no part for now.
    Suspend(OfSiteBecause),
    /// It takes part again.
    Resume(OfSite),
    /// It is given up; its slot is free.
    Withdraw(OfSiteBecause),
    /// What stands against it as it is; changes nothing.
    Review(OfSite),
    /// Another of these, in spite of findings that may be overridden.
    Override(OverrideEstate),
    /// A district plans further sites of a commune (Điều 7 khoản 3).
    PlanSites(PlanSites),
    /// UBND tỉnh has approved the plan.
    ApprovePlan(ApprovePlan),
    /// A terminal is put down at a site.
    Commission(Commission),
    /// A terminal was repaired, replaced or upgraded.
    Service(Service),
    /// The police checked a terminal.
    CheckDevice(CheckDevice),
    /// The police state that no check is needed (Điều 16 khoản 2).
    WaiveCheck(WaiveCheck),
    /// A terminal goes into use.
    Activate(OfEndpoint),
    /// A terminal is taken out for good.
    Retire(OfEndpoint),
    /// A site asks for consent to a change of a terminal (Điều 6 khoản 6).
    RequestChange(RequestChange),
    /// The managing authority consents.
    ConsentChange(ConsentChange),
    /// A person may use a personal terminal (Điều 6 khoản 8).
    GrantAccess(GrantAccess),
    /// Nobody may use it any more.
    RevokeAccess(OfEndpoint),
    /// A site gets a credential (Điều 6 khoản 7).
    IssueCredential(IssueCredential),
    /// Its secret was changed.
    RotateCredential(OfCredential),
    /// It opens nothing any more.
    RevokeCredential(OfCredential),
    /// A site's wrong PINs are forgotten.
    Unlock(OfSite),
    /// A room may come over the Internet.
    AllowInternet(AllowInternet),
    /// Who runs a site is this now (Điều 18 khoản 3).
    SetContacts(SetContacts),
    /// A control unit is registered (Điều 3 khoản 3).
    RegisterMcu(RegisterMcu),
}

acts! {
    /// An act on a site.
    OfSite {
        /// Which site.
        site: SiteId,
    }
    /// An act on a site that needs a reason.
    OfSiteBecause {
        /// Which site.
        site: SiteId,
        /// Why.
        reason: String,
    }
    /// An agency plans a site.
    Propose {
        /// Its id.
        site: SiteId,
        /// Its name as people write it.
        name: String,
        /// Whose it is.
        organization: OrganizationId,
    }
    /// A condition of a room was checked.
    CheckRoom {
        /// Which site.
        site: SiteId,
        /// Which condition.
        condition: Condition,
        /// What was found.
        result: Verdict,
        /// By whom.
        assessed_by: String,
        /// On which day.
        date: Date,
        /// By what.
        evidence: String,
    }
    /// A site may connect to the province's data network.
    ApproveNetwork {
        /// Which site.
        site: SiteId,
        /// The approval.
        approval: Document,
    }
    /// The managing authority's assessment.
    AssessSite {
        /// Which site.
        site: SiteId,
        /// What it found.
        result: Verdict,
        /// On which day.
        date: Date,
        /// Number of its record.
        evidence: String,
    }
    /// Another act, in spite of findings that may be overridden.
    OverrideEstate {
        /// Which act.
        act: Box<EstateAct>,
        /// Why.
        reason: String,
    }
    /// A district plans further sites of a commune.
    PlanSites {
        /// The number under which it is kept.
        grant: QuotaGrantId,
        /// The commune.
        commune: OrganizationId,
        /// How many more sites.
        extra: u32,
        /// The plan of UBND huyện, thành phố.
        plan: Document,
        /// The first day.
        from: Date,
        /// The last day; none: without an end.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        until: Option<Date>,
    }
    /// UBND tỉnh has approved a plan.
    ApprovePlan {
        /// Which plan.
        grant: QuotaGrantId,
        /// The approval.
        approval: Document,
    }
    /// A terminal is put down at a site.
    Commission {
        /// Its id.
        endpoint: EndpointId,
        /// At which site, or as which it joins.
        site: SiteId,
        /// Dedicated or personal.
        kind: EndpointKind,
        /// On which day.
        date: Date,
        /// Whether it is `new` or stands in for another (`replaced`).
        #[serde(default = "new", skip_serializing_if = "is_new")]
        cause: CheckCause,
        /// Its number in the register of public assets (Điều 5 khoản 7).
        #[serde(default, skip_serializing_if = "Option::is_none")]
        asset: Option<String>,
        /// What it says of itself on the wire.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fingerprint: Option<Fingerprint>,
    }
    /// A terminal was repaired, replaced or upgraded.
    Service {
        /// Which terminal.
        endpoint: EndpointId,
        /// What was done.
        cause: CheckCause,
        /// On which day.
        date: Date,
    }
    /// The police checked a terminal.
    CheckDevice {
        /// Which terminal.
        endpoint: EndpointId,
        /// What they found.
        result: Verdict,
        /// On which day.
        date: Date,
        /// Number of its record.
        evidence: String,
    }
    /// The police state that no check is needed.
    WaiveCheck {
        /// Of which terminal.
        endpoint: EndpointId,
        /// On which day.
        date: Date,
        /// Number of its record.
        evidence: String,
    }
    /// An act on a terminal.
    OfEndpoint {
        /// Which terminal.
        endpoint: EndpointId,
    }
    /// A site asks for consent to a change of a terminal.
    RequestChange {
        /// Which terminal.
        endpoint: EndpointId,
        /// What is to be changed.
        what: String,
    }
    /// The managing authority consents to a change.
    ConsentChange {
        /// Which terminal.
        endpoint: EndpointId,
        /// The paper.
        document: Document,
        /// What it says of itself from now on; none: as before, or as it was last seen.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        fingerprint: Option<Fingerprint>,
    }
    /// A person may use a personal terminal.
    GrantAccess {
        /// Which terminal.
        endpoint: EndpointId,
        /// The person's agency.
        organization: OrganizationId,
        /// The person.
        person: String,
        /// The first day; none: from now.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        from: Option<Date>,
        /// The last day.
        valid_until: Date,
    }
    /// A site gets a credential.
    IssueCredential {
        /// Its name in the register.
        credential: CredentialId,
        /// Which site.
        site: SiteId,
    }
    /// An act on a credential.
    OfCredential {
        /// Which one.
        credential: CredentialId,
    }
    /// A room may come over the Internet.
    AllowInternet {
        /// Which site.
        site: SiteId,
        /// Why.
        reason: String,
        /// The first day.
        from: Date,
        /// The last day.
        until: Date,
    }
    /// Who runs a site.
    SetContacts {
        /// Which site.
        site: SiteId,
        /// Everybody, complete.
        contacts: Vec<Contact>,
    }
    /// A control unit is registered.
    RegisterMcu {
        /// Its id.
        mcu: McuId,
        /// Its name.
        name: String,
        /// Whether it is the province's or a peer's.
        role: McuRole,
        /// Where it stands.
        #[serde(default, skip_serializing_if = "String::is_empty")]
        place: String,
    }
}

fn new() -> CheckCause {
    CheckCause::New
}

fn is_new(cause: &CheckCause) -> bool {
    *cause == CheckCause::New
}
