namespace Tradepost.Training.Registry;

/// <summary>What a version of a model is there for.</summary>
public enum ModelStage
{
    /// <summary>It may be put into production.</summary>
    Staging,

    /// <summary>It predicts. Of each model one version at most.</summary>
    Production,

    /// <summary>It was in production.</summary>
    Archived,
}
