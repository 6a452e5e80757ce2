namespace Tradepost.Training.Registry;

/// <summary>How a version came into production.</summary>
public enum PromotionAction
{
    Promoted,
    RolledBack,
}
