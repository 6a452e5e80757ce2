using Tradepost.Training.Registry;

namespace Tradepost.App.Models;

/// <summary>How a promotion stands in the audit log.</summary>
internal static class ModelAudit
{
    public static string ActionOf(Promotion promotion) =>
        promotion switch
        {
            { Action: PromotionAction.RolledBack } => "model.rolled_back",
            { IsForced: true } => "model.forced",
            _ => "model.promoted",
        };

    public static string SubjectOf(Promotion promotion) => $"{promotion.Model} {promotion.Version}";
}
